import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ExchangeError } from '../../errors.js';
import { readSeedMail, type SeedMail } from './seed-mail.js';

/** No mail is larger, in octets: what Exchange Online takes at most. */
const sizeLimit = 150 * 1024 * 1024;

/**
 * Reads the `.eml` files of a folder: those in `qa@contoso.com/Sent Items` are for that folder of that mailbox, those in
 * `qa@contoso.com` for its inbox, those on top for the inboxes of whom they name. Other files are left out.
 * @returns by the time at which they were received
 * @throws CONFIGURATION with all files that can't be used
 */
export async function readSeed(directory: string): Promise<SeedMail[]> {
  const faults: string[] = [];
  const mails: SeedMail[] = [];
  for (const path of await list(directory)) {
    const [name, ...folders] = relative(directory, path).split(sep).toReversed();
    if (!/\.eml$/i.test(name ?? '')) continue;
    try {
      mails.push(await readSeedMail(await readWhole(path), folders.toReversed()));
    } catch (error) {
      faults.push(`${relative(directory, path)}: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  if (mails.length + faults.length === 0) faults.push('There is no .eml file in it.');
  if (faults.length > 0) throw unusable(directory, faults);
  return mails.toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
}

async function list(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory, { recursive: true })).toSorted().map((name) => join(directory, name));
  } catch (error) {
    throw unusable(directory, [error instanceof Error ? `${error.message}.` : String(error)]);
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await stat(path);
  if (!file.isFile()) throw new Error('it is no file');
  if (file.size > sizeLimit) throw new Error(`it has more than ${sizeLimit} octets`);
  return readFile(path);
}

function unusable(directory: string, advice: readonly string[]): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The sandbox cannot start with the mails of ${directory}.`, { advice });
}
