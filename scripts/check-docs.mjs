import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, pages } from './code-blocks.mjs';
import { root, runTool } from './command.mjs';

/** @typedef {import('./code-blocks.mjs').CodeBlock} CodeBlock */

/** Below the package's own folder, so that its name resolves to it. */
const folder = 'test-results/docs';

/** What a block that imports nothing may use. */
const prelude = `
import { AxeBuilder } from '@axe-core/playwright';
import { defineConfig, type APIRequestContext } from '@playwright/test';
import { expect, test, type ExchangeOptions, type Message } from 'playwright-exchange';
import { authorise } from 'playwright-exchange/authorise';
import { defineConnections, env, sandboxConnection, type ConnectionDefinition } from 'playwright-exchange/config';
import { connectSandbox, sandboxServer, startSandbox, type Sandbox } from 'playwright-exchange/sandbox';
declare const message: Message;
declare const request: APIRequestContext;
declare const sandbox: Sandbox;
declare const pem: string;
`;

const tsconfig = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    // As Playwright resolves what users write.
    module: 'preserve',
    moduleResolution: 'bundler',
    noUnusedLocals: false,
    noUnusedParameters: false,
    verbatimModuleSyntax: false,
  },
  include: ['.'],
};

/**
 * Type-checks the TypeScript in the pages that users read, against the package as built. A block whose first line names
 * a file is that file for the blocks after it on the page.
 */
export async function checkDocs() {
  const target = join(root, folder);
  rmSync(target, { recursive: true, force: true });
  for (const page of pages()) writeBlocks(page, target);
  writeFileSync(join(target, 'tsconfig.json'), JSON.stringify(tsconfig));
  return await runTool('typescript/bin/tsc', ['-p', folder], { quiet: true });
}

/**
 * Gives each block a folder of its own, with the page's earlier files.
 * @param {string} page
 * @param {string} target
 */
function writeBlocks(page, target) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const { language, code, line } of codeBlocks(page)) {
    if (language !== 'ts') continue;
    const [, name = 'block.ts'] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? [];
    const isModule = /^(import|export) /m.test(code);
    if (isModule) files[name] = code;
    const directory = join(target, page.replaceAll(/\W/g, '-'), `line-${line}`);
    mkdirSync(directory, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
    if (!isModule) writeFileSync(join(directory, name), asModule(code));
  }
}

/**
 * A part of a config, a connection's definition, or a part of a test.
 * @param {string} code
 */
function asModule(code) {
  const [first = ''] = code.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line));
  if (/^\w+:/.test(first)) return `${prelude}export default defineConfig<ExchangeOptions>({\n${code}});\n`;
  if (first.startsWith('{')) return `${prelude}export const definition: ConnectionDefinition = ${code};\n`;
  return `${prelude}test('it', async ({ page, mailbox, exchange }) => {\n${code}});\n`;
}
