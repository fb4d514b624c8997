import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, root, run } from './command.mjs';
import { errorsPage } from './errors-page.mjs';

/** What makes the API reference, with dependencies of its own. */
const tool = join(root, 'scripts/api-reference');

/** The pages of the API reference, by how TypeDoc calls their modules: where a page is, and what is imported. */
const modules = {
  index: { page: 'index.md', specifier: 'playwright-exchange' },
  config: { page: 'config.md', specifier: 'playwright-exchange/config' },
  'auth/authorise/authorise': { page: 'authorise.md', specifier: 'playwright-exchange/authorise' },
  sandbox: { page: 'sandbox.md', specifier: 'playwright-exchange/sandbox' },
};

/**
 * The pages that are made of the code as built, by their path: of the docstrings, and of the tables of errors.
 * @returns {Promise<Map<string, string>>}
 */
export async function generatedPages() {
  const folder = mkdtempSync(join(tmpdir(), 'playwright-exchange-api-'));
  try {
    await runTypedoc(folder);
    const api = Object.entries(modules).map(
      ([name, { page, specifier }]) =>
        /** @type {const} */ ([
          `docs/api/${page}`,
          asPage(readFileSync(join(folder, `${name}.md`), 'utf8'), specifier),
        ]),
    );
    return new Map([...api, ['docs/errors.md', await errorsPage()]]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The generated pages that are not what the code makes of them. */
export async function stalePages() {
  const pages = [...(await generatedPages())];
  return pages.filter(([path, text]) => textOf(path) !== text).map(([path]) => path);
}

/** @param {string} path */
function textOf(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** @param {string} folder */
async function runTypedoc(folder) {
  const quietly = { cwd: tool, quiet: true };
  if (!existsSync(join(tool, 'node_modules/typedoc'))) {
    const install = await npm(['ci', '--prefer-offline', '--no-audit', '--no-fund'], quietly);
    if (!install.ok) throw new Error(install.output);
  }
  const program = 'node_modules/typedoc/bin/typedoc';
  const made = await run(process.execPath, [program, '--logLevel', 'Error', '--out', folder], quietly);
  if (!made.ok) throw new Error(made.output);
}

/**
 * @param {string} text
 * @param {string} specifier
 */
function asPage(text, specifier) {
  const others = Object.values(modules).filter((module) => module.specifier !== specifier);
  const links = others.map(({ page, specifier: name }) => `[${name}](${page})`);
  const body = text
    .replace(/^# .*\n/, '')
    .replaceAll(/\]\((?:\.\.\/)*auth\/authorise\/authorise\.md/g, '](authorise.md')
    .replaceAll(/\]\((?:\.\.\/)+(\w+\.md)/g, ']($1');
  return `# ${specifier}\n\nMade of the docstrings, by \`npm run docs\`. Beside it: ${links.join(' · ')}\n${body}`;
}
