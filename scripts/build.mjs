import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSources, faces, used } from './bundle.mjs';
import { root, runTool } from './command.mjs';
import { pruneTypes } from './prune-types.mjs';
import { bundleVendor } from './vendor.mjs';

const dist = join(root, 'dist');
const before = Date.now();
const { ok } = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
if (ok) await Promise.all([bundleSources(), bundleVendor()]);
if (ok) copyPage();
if (ok) removeLeftovers();
if (ok) pruneTypes(dist, typed());
process.exitCode = ok ? 0 : 1;

/** What users, and this repository's own tests, import by its name. */
function typed() {
  const sources = [...faces, ...used, 'vendor/libmime.ts', 'vendor/msal-node.ts'].filter(
    (file) => file !== 'cli/main.ts',
  );
  return sources.map((file) => file.replace(/\.ts$/, '.d.ts'));
}

/** What the sandbox serves to browsers is served as it is written. */
function copyPage() {
  const page = 'sandbox/inbox/page';
  const filter = (/** @type {string} */ file) => !file.endsWith('.d.ts');
  cpSync(join(root, 'src', page), join(dist, page), { recursive: true, filter });
}

/**
 * What an earlier build left behind would be packed too. It goes after the build, not before: who uses
 * the package meanwhile finds it whole.
 */
function removeLeftovers() {
  for (const name of readdirSync(dist, { recursive: true })) {
    const file = join(dist, String(name));
    const stat = statSync(file);
    if (stat.isFile() && stat.mtimeMs < before - 1000) rmSync(file);
  }
}
