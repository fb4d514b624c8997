import { fileURLToPath } from 'node:url';

export interface SandboxServerOptions {
  /** The port for HTTP. @default 0, a free one */
  readonly port?: number;
  /** The port for SMTP. @default 0, a free one */
  readonly smtpPort?: number;
}

/** An entry of Playwright's `webServer`. */
export interface SandboxServer {
  readonly name: string;
  readonly command: string;
  readonly wait: { readonly stdout: RegExp };
  readonly gracefulShutdown: { readonly signal: 'SIGTERM'; readonly timeout: number };
}

/**
 * The sandbox as an entry of Playwright's `webServer`: started once a run, stopped with it. Its addresses
 * reach every worker as `PLAYWRIGHT_EXCHANGE_SANDBOX`, where `sandboxConnection()` looks, and as
 * `PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP` (`host:port`), for the application under test.
 */
export function sandboxServer({ port = 0, smtpPort = 0 }: SandboxServerOptions = {}): SandboxServer {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  return {
    name: 'sandbox',
    command: `${quote(process.execPath)} ${quote(main)} sandbox --port ${port} --smtp-port ${smtpPort}`,
    // Playwright puts named groups into the environment. The line's end is awaited: output may come in pieces.
    wait: {
      stdout:
        /PLAYWRIGHT_EXCHANGE_SANDBOX=(?<PLAYWRIGHT_EXCHANGE_SANDBOX>\S+) PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP=(?<PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP>\S+)\r?\n/,
    },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  };
}

/** For the shell that Playwright runs the command with. */
function quote(path: string): string {
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
