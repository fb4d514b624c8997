import { spawn } from 'node:child_process';

/**
 * Opens an address in the browser of who sits there, without waiting for it. Where there is none, or nobody, nothing happens
 * but a line that says so: whoever wants it still has the address.
 */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...args] = openers[platform] ?? ['xdg-open'];
  const browser = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  browser.once('error', () => console.error(`No browser could be opened with ${command}: open ${url} yourself.`));
  browser.unref();
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // The first argument of start that is quoted is a title.
  win32: ['cmd', '/c', 'start', ''],
};
