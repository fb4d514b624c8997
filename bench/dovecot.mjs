import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from '../scripts/command.mjs';
import { NotAvailable } from './not-available.mjs';

/**
 * Starts the Dovecot of the tests, whose sources Node 20 cannot run as they are.
 * @returns {Promise<import('../tests/support/dovecot.js').Dovecot>}
 */
export async function startDovecot() {
  const build = await runTool('typescript/bin/tsc', ['-p', 'bench'], { quiet: true });
  if (!build.ok) throw new Error(build.output);
  /** @type {typeof import('../tests/support/dovecot.js')} */
  const support = await import(pathToFileURL(join(root, 'test-results/bench/dovecot.js')).href);
  if (!support.hasDovecot()) throw new NotAvailable(support.dovecotMissing);
  // Nobody signs in with a token here.
  return await support.startDovecot({ introspectionUrl: 'http://127.0.0.1:9/' });
}
