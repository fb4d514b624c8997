import type { EnvReference } from './value-or-env.js';

/**
 * Refers to an environment variable. It is read when the connection is opened, after `.env` has been
 * loaded, so that `npx playwright test --list` needs no secret.
 */
export function env(name: string): EnvReference {
  return { env: name };
}
