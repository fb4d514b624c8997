import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './command.mjs';

const sources = join(root, 'src/vendor');
const folder = join(root, 'dist/vendor');

/**
 * Makes each library of `src/vendor` one file, with what it has in common with others in chunks, and the licences of
 * all that is inside beside them.
 */
export async function bundleVendor() {
  const bundle = await rolldown({
    cwd: sources,
    input: Object.fromEntries(readdirSync(sources).map((file) => [basename(file, '.ts'), join(sources, file)])),
    platform: 'node',
    transform: { target: 'node20' },
    plugins: [leftOut, onDemand, charsets, tables],
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[hash].js',
    comments: false,
    minify: { compress: true, mangle: false, codegen: true },
  });
  await bundle.close();
  cpSync(join(root, 'node_modules/iconv-lite/encodings/tables'), join(folder, 'tables'), { recursive: true });
  const files = output.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
  writeFileSync(join(folder, 'LICENSES.txt'), licencesOf(files));
}

/**
 * What the libraries load and never run here: loggers, proxies, HTTP clients, sign-ins; we hand them our own.
 * @type {import('rolldown').Plugin}
 */
const leftOut = {
  name: 'left out',
  resolveId: {
    filter: { id: /^(?:pino|socks|encoding-japanese|@zone-eu\/mailsplit|@ewsjs\/xhr)(?:\/|$)/ },
    handler: (id) => `\0left-out:${id}`,
  },
  load: { filter: { id: /^\0left-out:/ }, handler: () => 'module.exports = {};' },
};

/**
 * MSAL signs by jsonwebtoken where an app has a certificate; to load that is a fifth of MSAL's time.
 * @type {import('rolldown').Plugin}
 */
const onDemand = {
  name: 'on demand',
  resolveId: { filter: { id: /^jsonwebtoken$/ }, handler: () => '\0on-demand:jsonwebtoken' },
  load: {
    filter: { id: /^\0on-demand:/ },
    handler: () =>
      `exports.sign = (...args) => require(${JSON.stringify(join(root, 'node_modules/jsonwebtoken/index.js'))}).sign(...args);`,
  },
};

/** @type {import('rolldown').Plugin} */
const charsets = {
  name: 'charsets',
  resolveId: {
    filter: { id: /^\.\/charset\.js$/ },
    handler: (_, importer = '') =>
      /[\\/]libmime[\\/]/.test(importer) ? join(root, 'scripts/libmime-charset.mjs') : undefined,
  },
};

/**
 * iconv-lite reads the table of a charset when it meets it first; all of them are half a megabyte.
 * @type {import('rolldown').Plugin}
 */
const tables = {
  name: 'tables',
  resolveId: {
    filter: { id: /\/tables\/[\w-]+\.json$/ },
    handler: (id) => ({ id: `#vendor/tables/${basename(id)}`, external: true }),
  },
};

/** @param {string[]} files */
function licencesOf(files) {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = [...folders].toSorted().map(licenceOf);
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
