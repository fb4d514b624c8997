import type { TokenSourceOptions } from '../token-source.js';
import { TokenStore } from './token-store.js';

/** The store of a connection, encrypted where the environment has a key. */
export function openTokenStore({
  connection,
  environment,
  directory,
}: Pick<TokenSourceOptions, 'environment' | 'directory'> & {
  readonly connection: { readonly name: string };
}): TokenStore {
  return new TokenStore({ directory, connection: connection.name, key: environment['PLAYWRIGHT_EXCHANGE_KEY'] });
}
