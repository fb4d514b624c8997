import type { Answers } from './answers.js';
import type { Project } from './project.js';

/** The lines that a Playwright config needs, by their place. */
interface Additions {
  readonly imports: readonly string[];
  /** In the config's own object. */
  readonly top: readonly string[];
  /** In its `use`. */
  readonly use: readonly string[];
  /** In its `projects`. */
  readonly projects: readonly string[];
}

type Shape = Pick<Project, 'language' | 'connections'>;

/** Longer than Playwright's own 30 seconds. */
const timeout = 'timeout: 120_000, // mail takes its time';

/** A config for a project that has none. */
export function newConfig(answers: Answers, shape: Shape): string {
  const { imports, top, use, projects } = additions(answers, shape);
  const listed = [...projects, `{ name: 'specs'${projects.length > 0 ? ", dependencies: ['authorise']" : ''} },`];
  return `import { defineConfig } from '@playwright/test';
${imports.join('\n')}

export default defineConfig${generic(shape)}({
  testDir: 'tests',
  fullyParallel: true,
  reporter: 'html',
  use: {
${use.map((line) => `    ${line}`).join('\n')}
  },
  projects: [
${listed.map((line) => `    ${line}`).join('\n')}
  ],
${top.map((line) => `  ${line}`).join('\n')}
});
`;
}

/**
 * A config with what is needed put in; nothing where it is not written as `npm init playwright` writes it, so that
 * only a person can tell where that belongs.
 */
export function changedConfig(text: string, answers: Answers, shape: Shape): string | undefined {
  const { imports, top, use, projects } = additions(answers, shape);
  const places = {
    begin: only(text, /^export default defineConfig\(\{\n/gm),
    use: only(text, /^ {2}use: \{\n/gm),
    projects: only(text, /^ {2}projects: \[\n/gm),
    lastImport: [...text.matchAll(/^import .*;\n/gm)].at(-1),
  };
  const hasTimeout = /^ {2}timeout:/m.test(text);
  const isTaken = /^\s*(webServer|exchangeConnections?)\b/m.test(text);
  if (isTaken || !places.begin || !places.use || !places.lastImport) return undefined;
  if (projects.length > 0 && !places.projects) return undefined;
  const insertions = [
    { after: places.lastImport, lines: imports, indent: '' },
    { after: places.begin, lines: hasTimeout ? top.filter((line) => line !== timeout) : top, indent: '  ' },
    { after: places.use, lines: use, indent: '    ' },
    ...(places.projects ? [{ after: places.projects, lines: projects, indent: '    ' }] : []),
  ];
  const changed = insertions
    .toSorted((one, other) => other.after.index - one.after.index)
    .reduce((done, { after, lines, indent }) => {
      const at = after.index + after[0].length;
      return done.slice(0, at) + lines.map((line) => `${indent}${line}\n`).join('') + done.slice(at);
    }, text);
  return changed.replace(/^export default defineConfig\(/m, `export default defineConfig${generic(shape)}(`);
}

/** What a person has to put in, where {@link changedConfig} can't. */
export function describeChange(answers: Answers, shape: Shape): string {
  const { imports, top, use, projects } = additions(answers, shape);
  const inside = [
    ...top,
    'use: {',
    ...use.map((line) => `  ${line}`),
    '},',
    ...(projects.length > 0 ? ['projects: [', ...projects.map((line) => `  ${line}`), '],'] : []),
  ];
  const lines = [...imports, '', `defineConfig${generic(shape)}({`, ...inside.map((line) => `  ${line}`), '})'];
  return lines.map((line) => (line ? `  + ${line}` : '')).join('\n');
}

function additions({ connection, signIn }: Answers, { language, connections }: Shape): Additions {
  const hasTenant = connection !== 'sandbox';
  const needsPerson = hasTenant && signIn !== 'app';
  return {
    imports: [
      ...(language === 'ts' ? ["import type { ExchangeOptions } from 'playwright-exchange';"] : []),
      "import { sandboxServer } from 'playwright-exchange/sandbox';",
      `import connections from '${connections.specifier}';`,
    ],
    top: [timeout, 'webServer: [sandboxServer()],'],
    use: [
      'exchangeConnections: connections,',
      hasTenant
        ? "exchangeConnection: process.env.EXCHANGE_CONNECTION ?? 'sandbox',"
        : "exchangeConnection: 'sandbox',",
    ],
    projects: needsPerson ? ["{ name: 'authorise', testMatch: /authorise\\.setup\\.[jt]s/, retries: 0 },"] : [],
  };
}

function generic({ language }: Shape): string {
  return language === 'ts' ? '<ExchangeOptions>' : '';
}

function only(text: string, pattern: RegExp): RegExpExecArray | undefined {
  const [found, ...more] = text.matchAll(pattern);
  return more.length === 0 ? found : undefined;
}
