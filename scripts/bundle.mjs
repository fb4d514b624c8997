import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './command.mjs';
import { Layers } from './layers.mjs';

const src = join(root, 'src');
const dist = join(root, 'dist');

/** What the package exports, and its command. */
export const faces = ['index.ts', 'auth/authorise/authorise.ts', 'config/index.ts', 'sandbox/index.ts', 'cli/main.ts'];

/** What is started by its file, in a process or a thread of its own. */
const programs = ['auth/authorise/browser.ts', 'cli/connections-reporter.ts', 'network/proxy/pac-thread.js'];

/** What this repository's own tests, benchmarks and pages use besides. */
export const used = [
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
  const layers = new Layers(src);
  const bundle = await rolldown({
    cwd: src,
    input: Object.fromEntries([...faces, ...programs, ...used].map((file) => [withoutEnding(file), join(src, file)])),
    platform: 'node',
    // One that others load at once anyway.
    checks: { ineffectiveDynamicImport: false },
    transform: { target: 'node20' },
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    external: isLibrary,
    preserveEntrySignatures: 'allow-extension',
    plugins: [{ name: 'vendor', resolveId: leaveVendorOut }, layers.plugin],
  });
  await bundle.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    comments: false,
    // Stacks and printed objects show them.
    keepNames: true,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: (id) => layers.of(id), debugName: 'layers' }],
    },
  });
  await bundle.close();
}

/**
 * What a name leads to is installed with the package; but what the bundler adds for `using` is not.
 * @param {string} id
 */
function isLibrary(id) {
  return /^(?!@oxc-project\/runtime\/)(?:@?\w[\w.-]*\/|node:|[\w.-]+$)/.test(id);
}

/** @param {string} file */
function withoutEnding(file) {
  return file.replace(/\.[jt]s$/, '');
}

/**
 * It is bundled by itself. The name that package.json gives it is the same from every folder.
 * @param {string} id
 */
function leaveVendorOut(id) {
  return /\/vendor\/[\w-]+\.js$/.test(id) ? { id: `#vendor/${basename(id)}`, external: true } : undefined;
}
