import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { AssertionSource } from '../../config/resolved.js';
import { assertionError } from './assertion-error.js';
import { readGithubAssertion } from './github-assertion.js';
import type { MsalSessionOptions } from '../msal/session-options.js';

/** Milliseconds that a command may take. */
const commandTimeout = 60_000;

/**
 * A federated token, asked for anew: they live some minutes only.
 * @throws AUTH_CLIENT_SECRET where there is none, without showing what there is instead
 */
export async function readAssertion(source: AssertionSource, options: MsalSessionOptions): Promise<string> {
  const { name } = options.connection;
  if (source === 'github') return await readGithubAssertion(options);
  if ('file' in source) return checked(name, `the file ${source.file}`, await readTokenFile(name, source.file));
  const [program = ''] = source.command;
  return checked(name, `the command ${program}`, await runCommand(name, source.command));
}

async function readTokenFile(connection: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw assertionError(connection, `the file ${file} can't be read (${code})`, { cause });
  }
}

/** What a command writes on its standard error is not shown: some write what they send. */
async function runCommand(connection: string, [program = '', ...args]: readonly string[]): Promise<string> {
  try {
    const options = { timeout: commandTimeout, windowsHide: true };
    return (await promisify(execFile)(program, args, options)).stdout;
  } catch (cause) {
    const { code, signal } = cause as NodeJS.ErrnoException & { readonly signal?: string | null };
    const problem = `the command ${program} failed (${signal ?? code})`;
    throw assertionError(connection, problem, { advice: ['Run it by hand, with its arguments, to see why.'] });
  }
}

/** Three parts in base64url, joined by dots: RFC 7515 section 7.1. */
function checked(connection: string, origin: string, text: string): string {
  const token = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return token;
  throw assertionError(connection, `${origin} gives no JSON Web Token`);
}
