import type { TokenFailure } from '../failures/token-failure.js';

/** The parameters of a token request that nobody else may see. */
const secrets = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier', 'device_code'];

/** A failure whose text repeats nothing secret of the request that it answers. */
export function withoutSecrets(failure: TokenFailure, form: string): TokenFailure {
  const parameters = new URLSearchParams(form);
  const values = secrets.flatMap((name) => parameters.getAll(name)).filter(Boolean);
  const description = values.reduce((text, value) => text.replaceAll(value, '(hidden)'), failure.description);
  return { ...failure, description };
}
