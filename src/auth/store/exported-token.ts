import * as z from '../../vendor/zod.js';
import type { Environment } from '../../config/environment.js';
import { ExchangeError } from '../../errors.js';
import type { Fingerprinted } from './fingerprint.js';
import { carryOver } from '../sign-in-again.js';
import { tokenVariable } from './token-variable.js';

/** A sign-in that can be carried to where no person can sign in. */
export interface ExportedToken extends Fingerprinted {
  readonly v: 1;
  readonly refreshToken: string;
  /** When it was issued, ISO 8601. */
  readonly issuedAt: string;
}

export const fingerprintedSchema = z.object({
  fingerprint: z.object({
    tenantId: z.string(),
    clientId: z.string(),
    scopes: z.string(),
    cloud: z.string(),
    user: z.string(),
  }),
  account: z.string(),
  refreshToken: z.string().check(z.minLength(1)),
  issuedAt: z.iso.datetime(),
});

const schema: z.ZodMiniType<ExportedToken> = z.extend(fingerprintedSchema, { v: z.literal(1) });

export function encodeExportedToken(token: ExportedToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Nothing where the text is no exported token. */
export function decodeExportedToken(text: string): ExportedToken | undefined {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Reads a connection's exported token from the environment; nothing where there is none.
 * @throws CONFIGURATION where the variable holds something else
 */
export function readExportedToken(connection: string, environment: Environment): ExportedToken | undefined {
  const variable = tokenVariable(connection);
  const text = environment[variable];
  if (!text) return undefined;
  const token = decodeExportedToken(text);
  if (token) return token;
  throw new ExchangeError('CONFIGURATION', `The variable ${variable} does not hold an exported token.`, {
    advice: [`Whole and unchanged, ${carryOver(connection)}`],
  });
}
