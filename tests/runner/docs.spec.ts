import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { parse, parseDocument } from 'yaml';
import { brokenLinks } from '../../scripts/broken-links.mjs';
import { codeBlocks, pages } from '../../scripts/code-blocks.mjs';
import { projectFolder } from '../../scripts/installed.mjs';
import { tokenVariable } from '../../src/auth/store/token-variable.js';
import { legNames } from '../../src/diagnosis/leg.js';
import { serveHttp } from '../unit/network-servers.js';
import { ownPath } from './own-folder.js';
import { runCommand } from './run-command.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const pipelines = 'docs/pipelines';
const workflows = readdirSync(join(root, pipelines)).filter((name) => name.endsWith('.yml'));
const texts = [...pages(), ...workflows.map((name) => join(pipelines, name))].map((file) => ({
  file,
  text: read(file),
}));

/** Every step of a workflow, whoever's it is. */
function stepsOf(name: string): Step[] {
  const { jobs } = parse(read(join(pipelines, name))) as { jobs: Record<string, Job> | Job[] };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

interface Job {
  readonly steps: readonly Step[];
}

interface Step {
  readonly run?: string;
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
}

test('what stands as YAML in the documentation is YAML', () => {
  const blocks = pages()
    .flatMap((page) => codeBlocks(page))
    .filter(({ language }) => /^ya?ml$/.test(language));
  const sources = [...blocks.map(({ code }) => code), ...workflows.map((name) => read(join(pipelines, name)))];
  expect(sources.length).toBeGreaterThanOrEqual(6);
  for (const source of sources) {
    const { errors, warnings } = parseDocument(source, { uniqueKeys: true });
    expect([...errors, ...warnings]).toEqual([]);
  }
});

test('there is a workflow for the sandbox and for every way to sign in, with shards that are merged', () => {
  const ways = ['certificate', 'federated', 'sandbox', 'stored-token'];
  expect(workflows.toSorted()).toEqual(['azure', 'github'].flatMap((ci) => ways.map((way) => `${ci}-${way}.yml`)));
  for (const name of workflows) {
    const scripts = stepsOf(name).map(({ run, script }) => run ?? script ?? '');
    expect(scripts.join('\n')).toMatch(/playwright test --shard=.+ --reporter=blob[^]*playwright merge-reports/);
  }
});

test('secrets are in the environment of the one step that needs them, and no script names one', () => {
  for (const name of workflows) {
    const steps = stepsOf(name);
    const secret = steps.filter(({ env = {} }) => Object.keys(env).some((variable) => variable !== 'CI'));
    expect(secret).toHaveLength(name.includes('sandbox') ? 0 : 1);
    for (const { run, script } of steps)
      expect(run ?? script ?? '').not.toMatch(/secrets\.|MS_|PLAYWRIGHT_EXCHANGE_|-x\b/);
    const elsewhere = read(join(pipelines, name)).replaceAll(/^ +\w+: \$\{\{ secrets\.\w+ \}\}$/gm, '');
    expect(elsewhere).not.toMatch(/\bsecrets\.\w/);
    expect(elsewhere.includes('id-token: write')).toBe(name === 'github-federated.yml');
  }
});

test('a workflow sets the variables that its connection reads, and no others', () => {
  const [github, azure, certificate] = codeBlocks('docs/pipelines.md')
    .filter(({ code }) => code.startsWith('// exchange.config.ts'))
    .map(({ code }) => [...code.matchAll(/env\('(\w+)'\)/g)].map(([, variable]) => variable!));
  const azureToken = [...read(`${pipelines}/azure-token.mjs`).matchAll(/\b(?:MS|SYSTEM)_\w+/g)].map(([name]) => name);
  const given = ['SYSTEM_OIDCREQUESTURI', 'CI'];
  const person = ['MS_TENANT_ID', 'MS_CLIENT_ID', 'MS_CLIENT_SECRET', 'PLAYWRIGHT_EXCHANGE_KEY'];
  const wanted: Readonly<Record<string, readonly string[]>> = {
    'github-federated.yml': github!,
    'azure-federated.yml': [...azure!, ...azureToken],
    'github-certificate.yml': certificate!,
    'azure-certificate.yml': certificate!,
    'github-stored-token.yml': [...person, tokenVariable('MSOAuthHost')],
    'azure-stored-token.yml': [...person, tokenVariable('MSOAuthHost')],
    'github-sandbox.yml': [],
    'azure-sandbox.yml': [],
  };
  for (const name of workflows) {
    const set = stepsOf(name).flatMap(({ env = {} }) => Object.keys(env));
    expect({ name, set: new Set(set.filter((variable) => !given.includes(variable))) }).toEqual({
      name,
      set: new Set(wanted[name]!.filter((variable) => !given.includes(variable))),
    });
  }
});

test('every command that the documentation shows, and each of its options, is in the help', async () => {
  const { stdout: commands } = await runCommand(['--help']);
  const helps = new Map<string, string>();
  const shown = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:npx |`)playwright-exchange ([a-z][a-z-]*)([^`\n|]*)/g)].map(([, name = '', rest = '']) => ({
      file,
      name,
      words: rest.match(/--[a-z-]+/g) ?? [],
      action: name === 'tokens' ? /^ (\w+)/.exec(rest)?.[1] : undefined,
    })),
  );
  expect(shown.length).toBeGreaterThan(10);
  for (const { file, name, words, action } of shown) {
    expect(commands, `${file} shows ${name}`).toMatch(new RegExp(`^  ${name} `, 'm'));
    if (!helps.has(name)) helps.set(name, (await runCommand([name, '--help'])).stdout);
    for (const word of words) expect(helps.get(name), `${file} shows ${name} ${word}`).toContain(` ${word} `);
    if (action) expect(helps.get(name), `${file} shows ${action}`).toMatch(new RegExp(`^  ${action} `, 'm'));
  }
});

test('every variable of ours that the documentation names is read somewhere', () => {
  const sources = ['src', 'scripts', 'examples', 'tests/contract', 'tests/runner', 'playwright.config.ts']
    .flatMap((folder) => (folder.includes('.') ? [folder] : filesBelow(folder)))
    .filter((file) => file !== 'tests/runner/docs.spec.ts')
    .map(read)
    .join('\n');
  const named = new Set(texts.flatMap(({ text }) => text.match(/PLAYWRIGHT_EXCHANGE_\w+/g) ?? []));
  named.delete(tokenVariable('MSOAuthHost'));
  expect(named.size).toBeGreaterThan(3);
  expect([...named].filter((name) => !sources.includes(name))).toEqual([]);
});

test('every link of the installed pages leads to a file or a heading that is there', () => {
  expect(brokenLinks(join(projectFolder('newest'), 'node_modules/playwright-exchange'))).toEqual([]);
});

test('what docs/from-provar.md shows of tests is in the example that runs', () => {
  const lines = new Set(
    read('examples/specs/from-provar.spec.ts')
      .split('\n')
      .map((line) => line.trim()),
  );
  const shown = codeBlocks('docs/from-provar.md').filter(({ code }) => !code.startsWith('//'));
  expect(shown.length).toBeGreaterThan(4);
  const missing = shown.flatMap(({ code }) => code.split('\n')).filter((line) => !lines.has(line.trim()));
  expect(missing).toEqual([]);
});

test('a link to no file, or to no heading, is found', () => {
  const folder = ownPath('pages');
  mkdirSync(folder);
  const there = '[a](b.md) [b](#over-there) [c](b.md#two--three-1) [d](https://contoso.com/none.md)';
  writeFileSync(
    join(folder, 'a.md'),
    `# Over *there*\n${there} [e](c.md) [f](#under) [g](b.md#four) <img src="p.png">\n`,
  );
  writeFileSync(join(folder, 'b.md'), '# Two & `three`\n## Two & three\n```md\n# Four\n[g](h.md)\n```\n');
  expect(brokenLinks(folder)).toEqual(['a.md: c.md', 'a.md: #under', 'a.md: b.md#four', 'a.md: p.png']);
});

test('every leg of doctor is explained', () => {
  const rows = [...read('docs/command.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect(legNames.filter((name) => !rows.includes(name))).toEqual([]);
});

test('the script for Azure Pipelines prints the token of its service connection, and only that', async () => {
  const asked: (string | undefined)[] = [];
  await using server = await serveHttp((request, response) => {
    asked.push(request.method, request.url, request.headers.authorization);
    response.end(JSON.stringify({ oidcToken: 'a.federated.token' }));
  });
  const env = {
    SYSTEM_OIDCREQUESTURI: `${server.url}/oidctoken`,
    SYSTEM_ACCESSTOKEN: 'job-token',
    MS_SERVICE_CONNECTION_ID: 'an-id',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, pipelines, 'azure-token.mjs')], { env });
  expect(stdout).toBe('a.federated.token');
  expect(asked).toEqual(['POST', '/oidctoken?api-version=7.1-preview.1&serviceConnectionId=an-id', 'Bearer job-token']);
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length));
}
