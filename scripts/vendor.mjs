import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './command.mjs';

const sources = join(root, 'src/vendor');
const folder = join(root, 'dist/vendor');

/** What the libraries load and never run here: loggers, proxies, HTTP clients, sign-ins; we hand them our own. */
const leftOut = /^(?:pino|socks|encoding-japanese|@zone-eu\/mailsplit|@ewsjs\/xhr)(?:\/|$)/;

/**
 * Makes each library of `src/vendor` one file, with what it has in common with others in chunks, and the licences of
 * all that is inside beside them.
 */
export async function bundleVendor() {
  const { metafile } = await build({
    absWorkingDir: sources,
    entryPoints: readdirSync(sources),
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    banner: { js: 'import { createRequire } from "node:module";const require=createRequire(import.meta.url);' },
    plugins: [
      { name: 'left out', setup: leaveOut },
      { name: 'on demand', setup: loadOnDemand },
      { name: 'charsets', setup: replaceCharsets },
      { name: 'tables', setup: leaveTablesApart },
    ],
  });
  cpSync(join(root, 'node_modules/iconv-lite/encodings/tables'), join(folder, 'tables'), { recursive: true });
  writeFileSync(join(folder, 'LICENSES.txt'), licencesOf(Object.keys(metafile.inputs)));
}

/** @param {import('esbuild').PluginBuild} plugin */
function leaveOut(plugin) {
  plugin.onResolve({ filter: leftOut }, ({ path }) => ({ path, namespace: 'left-out' }));
  plugin.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
}

/**
 * MSAL signs by jsonwebtoken where an app has a certificate; to load that is a fifth of MSAL's time.
 * @param {import('esbuild').PluginBuild} plugin
 */
function loadOnDemand(plugin) {
  plugin.onResolve({ filter: /^jsonwebtoken$/ }, ({ path }) => ({ path, namespace: 'on-demand' }));
  plugin.onLoad({ filter: /./, namespace: 'on-demand' }, ({ path }) => ({
    contents: `exports.sign = (...args) => require('${path}/index.js').sign(...args);`,
    resolveDir: sources,
  }));
}

/** @param {import('esbuild').PluginBuild} plugin */
function replaceCharsets(plugin) {
  plugin.onResolve({ filter: /^\.\/charset\.js$/ }, ({ importer }) =>
    /[\\/]libmime[\\/]/.test(importer) ? { path: join(root, 'scripts/libmime-charset.mjs') } : undefined,
  );
}

/**
 * iconv-lite reads the table of a charset when it meets it first; all of them are half a megabyte.
 * @param {import('esbuild').PluginBuild} plugin
 */
function leaveTablesApart(plugin) {
  plugin.onResolve({ filter: /\/tables\/[\w-]+\.json$/ }, ({ path }) => ({
    path: `#vendor/tables/${basename(path)}`,
    external: true,
  }));
}

/** @param {string[]} files */
function licencesOf(files) {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = [...folders].toSorted().map((name) => licenceOf(join(sources, name)));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} packageFolder */
function licenceOf(packageFolder) {
  const { name, version, license } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const file = readdirSync(packageFolder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text =
    file === undefined ? '' : readFileSync(join(packageFolder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
