import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

/** A text that only the key opens; all parts in base64. */
export interface Sealed {
  readonly salt: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

const cipherName = 'aes-256-gcm';
// Takes 32 MiB and a tenth of a second: the key is a secret of a pipeline, seldom a password that someone chose.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** What opens a sealed text. */
export interface SealKey {
  readonly passphrase: string;
  /** What the text is sealed for; it opens for nothing else. */
  readonly purpose: string;
}

/** Encrypts with AES-256-GCM, under a key that scrypt makes of a passphrase. */
export async function seal(text: string, { passphrase, purpose }: SealKey): Promise<Sealed> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv(cipherName, await keyOf(passphrase, salt), iv).setAAD(Buffer.from(purpose));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const encode = (part: Buffer): string => part.toString('base64');
  return { salt: encode(salt), iv: encode(iv), tag: encode(cipher.getAuthTag()), data: encode(data) };
}

/** @throws where the passphrase or the purpose is another, or the text was changed */
export async function unseal(sealed: Sealed, { passphrase, purpose }: SealKey): Promise<string> {
  const decode = (part: string): Buffer => Buffer.from(part, 'base64');
  const key = await keyOf(passphrase, decode(sealed.salt));
  const decipher = createDecipheriv(cipherName, key, decode(sealed.iv), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(decode(sealed.tag));
  return Buffer.concat([decipher.update(decode(sealed.data)), decipher.final()]).toString('utf8');
}

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
