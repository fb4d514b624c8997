#!/usr/bin/env node
import { isExchangeError } from '../errors.js';
import { UsageError, type Command } from './command.js';

interface Listed {
  readonly summary: string;
  load(): Promise<Command>;
}

const commands: Readonly<Record<string, Listed>> = {
  init: {
    summary: 'Set a Playwright project up for mail, with an example that is green on the sandbox',
    load: async () => (await import('./init/init.js')).initCommand,
  },
  sandbox: {
    summary: "Start a local stand-in for Microsoft's sign-in, EWS, Graph, IMAP and SMTP",
    load: async () => (await import('./sandbox.js')).sandboxCommand,
  },
  watch: {
    summary: 'Print what arrives in a mailbox, and the filter that would match it',
    load: async () => (await import('./watch.js')).watchCommand,
  },
  'app-registration': {
    summary: 'Print what an administrator has to do for a connection',
    load: async () => (await import('./app-registration/app-registration.js')).appRegistrationCommand,
  },
  doctor: {
    summary: 'Try a connection leg by leg, and say what is wrong with it',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
  tokens: {
    summary: 'Show, export, import and forget the tokens of who signed in',
    load: async () => (await import('./tokens.js')).tokensCommand,
  },
};

const help = `Usage: playwright-exchange <command> [options]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`)
  .join('\n')}

Run 'playwright-exchange <command> --help' for a command's options.

Exit codes: 0 all is well; 1 something is wrong, and the output says what; 2 the command line is wrong
`;

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === '--help' || name === '-h') return void process.stdout.write(help);
  if (name === undefined) throw new UsageError(`a command is missing: ${Object.keys(commands).join(', ')}`);
  if (!Object.hasOwn(commands, name)) throw new UsageError(`there is no command '${name}'`);
  await (
    await commands[name]!.load()
  )(args);
}

// Whoever was to read it has gone: `playwright-exchange doctor | head -1`.
process.stdout.on('error', () => process.exit());

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`playwright-exchange: ${error.message}; see 'playwright-exchange --help'`);
    process.exitCode = 2;
  } else {
    console.error(isExchangeError(error) ? error.message : error);
    process.exitCode = 1;
  }
}
