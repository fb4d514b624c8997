import type { BasicDefinition, OAuth2Definition } from './auth-types.js';
import type { ConnectionDefinition } from './types.js';
import type { ValueOrEnv } from './value-or-env.js';

/**
 * Types connection definitions and returns them as they are. Nothing is read, checked or opened here:
 * that happens when a test first uses a connection.
 */
export function defineConnections<const T extends Readonly<Record<string, ConnectionDefinition>>>(
  definitions: T & { readonly [Name in keyof T]: { readonly auth: Needs<T[Name]['auth']> } },
): T {
  return definitions;
}

/** What the grant needs of an `auth` that is written out; of one that is anything nothing is known. */
type Needs<Auth> = Auth extends BasicDefinition
  ? unknown
  : OAuth2Definition extends Auth
    ? unknown
    : NeedsRedirectUrl<Auth> & NeedsSecret<Auth>;

type NeedsRedirectUrl<Auth> = Auth extends { readonly type: 'oauth2'; readonly grant?: 'authorization_code' }
  ? { readonly redirectUrl: ValueOrEnv<string> }
  : unknown;

type NeedsSecret<Auth> = Auth extends
  | { readonly grant: 'device_code' }
  | { readonly clientSecret: unknown }
  | { readonly certificate: unknown }
  | { readonly assertion: unknown }
  ? unknown
  : { readonly clientSecret: ValueOrEnv<string> };
