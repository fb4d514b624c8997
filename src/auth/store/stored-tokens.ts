import * as z from '../../vendor/zod.js';
import { fingerprintedSchema } from './exported-token.js';
import type { Fingerprinted } from './fingerprint.js';
import { seal, unseal, type Sealed, type SealKey } from './seal.js';

/** What is kept of a person's sign-in. Times are ISO 8601. */
export interface StoredTokens extends Fingerprinted {
  /** When the person signed in. */
  readonly signedInAt: string;
  readonly refreshToken: string;
  /** When the refresh token was issued. */
  readonly issuedAt: string;
  /** Nothing where the sign-in was imported and not used yet. */
  readonly access?: AccessToken | undefined;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: string;
}

const kind = 'playwright-exchange tokens';

const tokens: z.ZodMiniType<StoredTokens> = z.extend(fingerprintedSchema, {
  signedInAt: z.iso.datetime(),
  access: z.optional(z.object({ token: z.string().check(z.minLength(1)), expiresAt: z.iso.datetime() })),
});

const sealed: z.ZodMiniType<Sealed> = z.object({ salt: z.string(), iv: z.string(), tag: z.string(), data: z.string() });

/** Whose tokens they are. */
export interface Owner {
  readonly connection: string;
  /** What they are encrypted with. */
  readonly key: string | undefined;
}

/** The text of the file: encrypted where there is a key. */
export async function encodeTokens(content: StoredTokens, owner: Owner): Promise<string> {
  const key = sealKey(owner);
  const body = key ? { sealed: await seal(JSON.stringify(content), key) } : { tokens: content };
  return `${JSON.stringify({ kind, v: 1, ...body }, null, 2)}\n`;
}

/** @throws an error whose message says what the file is instead, without showing it */
export async function decodeTokens(text: string, owner: Owner): Promise<StoredTokens> {
  const file = parse(text, 'is damaged: it is not JSON') as Record<string, unknown> | null;
  if (file?.['kind'] !== kind) throw new Error('is not a token store of playwright-exchange');
  if (file['v'] !== 1)
    throw new Error('was written by a newer version of playwright-exchange, which this one has to be updated to');
  const content = await open(file, sealKey(owner));
  const checked = tokens.safeParse(content);
  if (!checked.success) throw new Error('is damaged: fields are missing');
  return checked.data;
}

/** A file in the clear would prove nothing of who wrote it: where there is a key, it is none of ours. */
async function open(file: Record<string, unknown>, key: SealKey | undefined): Promise<unknown> {
  const isSealed = 'sealed' in file;
  if (key && !isSealed) throw new Error('is not encrypted, although PLAYWRIGHT_EXCHANGE_KEY is set');
  if (!isSealed) return file['tokens'];
  if (!key) throw new Error('is encrypted, and PLAYWRIGHT_EXCHANGE_KEY is not set');
  const checked = sealed.safeParse(file['sealed']);
  if (!checked.success) throw new Error('is damaged: fields are missing');
  const text = await unseal(checked.data, key).catch(() => {
    throw new Error('is damaged, of another connection, or encrypted with another PLAYWRIGHT_EXCHANGE_KEY');
  });
  return parse(text, 'is damaged');
}

/** A file that is put in the place of another connection's does not open there. */
function sealKey({ connection, key }: Owner): SealKey | undefined {
  return key ? { passphrase: key, purpose: `${kind} of ${connection}` } : undefined;
}

function parse(text: string, problem: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(problem);
  }
}
