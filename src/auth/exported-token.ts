import * as z from 'zod';
import type { Environment } from '../config/environment.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../config/resolved.js';
import { ExchangeError } from '../errors.js';

/** What a sign-in was made for; tokens are good for nothing else. */
export interface Fingerprint {
  readonly tenantId: string;
  readonly clientId: string;
  readonly scopes: string;
  readonly cloud: string;
}

/** A sign-in that can be carried to where no person can sign in. */
export interface ExportedToken {
  readonly v: 1;
  readonly refreshToken: string;
  /** When it was issued, ISO 8601. */
  readonly issuedAt: string;
  readonly fingerprint: Fingerprint;
  /** Who signed in. */
  readonly account: string;
}

const schema: z.ZodType<ExportedToken> = z.object({
  v: z.literal(1),
  refreshToken: z.string().min(1),
  issuedAt: z.iso.datetime(),
  fingerprint: z.object({ tenantId: z.string(), clientId: z.string(), scopes: z.string(), cloud: z.string() }),
  account: z.string(),
});

/** The variable that carries a connection's exported token: `PLAYWRIGHT_EXCHANGE_TOKEN_<NAME>`. */
export function tokenVariable(connection: string): string {
  return `PLAYWRIGHT_EXCHANGE_TOKEN_${connection.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

export function fingerprintOf(connection: ResolvedConnection, auth: ResolvedOAuth2): Fingerprint {
  const { tenantId, clientId, scopes } = auth;
  return { tenantId, clientId, scopes: scopes.toSorted().join(' '), cloud: connection.cloud.name };
}

export function encodeExportedToken(token: ExportedToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/**
 * Reads a connection's exported token from the environment.
 * @throws AUTH_MISSING where there is none, AUTH_CHANGED where it was made for another definition
 */
export function readExportedToken(
  connection: ResolvedConnection,
  auth: ResolvedOAuth2,
  environment: Environment,
): ExportedToken {
  const variable = tokenVariable(connection.name);
  const text = environment[variable];
  if (!text) throw missing(connection.name, variable);
  const token = decode(text);
  if (!token) {
    throw new ExchangeError('CONFIGURATION', `The variable ${variable} does not hold an exported token.`, {
      advice: [`Set it to an exported token of connection "${connection.name}", whole and unchanged.`],
    });
  }
  const expected = fingerprintOf(connection, auth);
  const changed = (Object.keys(expected) as (keyof Fingerprint)[]).filter(
    (field) => token.fingerprint[field] !== expected[field],
  );
  if (changed.length > 0) throw changedError(connection.name, variable, changed);
  return token;
}

function decode(text: string): ExportedToken | undefined {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function missing(connection: string, variable: string): ExchangeError {
  return new ExchangeError('AUTH_MISSING', `Missing: nobody has authorised the connection "${connection}".`, {
    advice: [
      `Set ${variable} to the connection's exported token,`,
      `or let the app sign in alone: auth.grant 'client_credentials'.`,
    ],
  });
}

function changedError(connection: string, variable: string, fields: readonly string[]): ExchangeError {
  const list = fields.join(', ');
  const summary = `Changed: ${list} of connection "${connection}" differ from what was authorised.`;
  return new ExchangeError('AUTH_CHANGED', summary, {
    advice: [`Authorise the connection again and set ${variable} anew, or restore ${list}.`],
  });
}
