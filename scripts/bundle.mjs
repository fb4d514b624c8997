import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './command.mjs';

const src = join(root, 'src');
const dist = join(root, 'dist');

/** What the package exports, and its command. */
const faces = ['index.ts', 'auth/authorise/authorise.ts', 'config/index.ts', 'sandbox/index.ts', 'cli/main.ts'];

/** What is started by its file, in a process or a thread of its own. */
const programs = ['auth/authorise/browser.ts', 'cli/connections-reporter.ts', 'network/proxy/pac-thread.js'];

/** What this repository's own tests, benchmarks and pages use besides. */
const used = [
  'auth/failures/failure-kinds.ts',
  'auth/failures/token-failure.ts',
  'auth/open-token-source.ts',
  'config/resolve-connection.ts',
  'errors/error-codes.ts',
  'fixtures/connection-pool.ts',
  'input/is-address.ts',
  'mail/delivered-to.ts',
  'mail/ews/envelope-splitter.ts',
  'mail/ews/offered-schemes.ts',
  'mail/ews/xml-tree.ts',
  'mail/graph/mime.ts',
  'mail/message/compose.ts',
  'mail/message/filter/filter.ts',
  'mail/message/message.ts',
  'mail/message/parse.ts',
  'mail/message/shown/own-address.ts',
  'mail/message/shown/safe-html.ts',
  'mail/open-connection.ts',
  'network/create-http-client.ts',
];

/**
 * Makes few files of many: what is loaded together is one file in `dist/chunks`, and everything is there once. Without
 * source maps: Playwright would read those of all files that a call goes through, in every worker.
 */
export async function bundleSources() {
  await build({
    absWorkingDir: src,
    entryPoints: [...faces, ...programs, ...used],
    outbase: src,
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // Stacks and printed objects show them.
    keepNames: true,
    logLevel: 'warning',
    plugins: [{ name: 'vendor', setup: leaveVendorOut }],
  });
}

/**
 * It is bundled by itself. The name that package.json gives it is the same from every folder.
 * @param {import('esbuild').PluginBuild} plugin
 */
function leaveVendorOut(plugin) {
  plugin.onResolve({ filter: /\/vendor\/[\w-]+\.js$/ }, ({ path }) => ({
    path: `#vendor/${basename(path)}`,
    external: true,
  }));
}
