import { readFile } from 'node:fs/promises';
import { codeFolder } from '../../errors/code-folder.js';
import type { Answer } from '../server/answer.js';
import { inboxPage } from './inbox-page.js';
import type { Settings } from './settings.js';
import type { Route } from '../server/routes.js';

/** The page, and the files that it is made of, as they lie here: nothing builds them. */
export function pageRoutes(settings: () => Settings): readonly Route[] {
  return [
    { path: /^\/$/, methods: { GET: () => page(inboxPage(settings())) } },
    {
      path: /^\/sandbox\/page\/([\w-]+\.(?:js|css|svg))$/,
      methods: { GET: ({ names: [name = ''] }) => pageFile(name) },
    },
  ];
}

/** Nothing but its own files, and no markup made of texts. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `connect-src 'self'`,
  `img-src 'self'`,
  `frame-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types 'none'`,
].join('; ');

function page(markup: string): Answer {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  };
  return { status: 200, headers, body: markup };
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

async function pageFile(name: string): Promise<Answer | undefined> {
  const content = await readFile(new URL(`sandbox/inbox/page/${name}`, codeFolder)).catch(() => undefined);
  const type = types[name.slice(name.indexOf('.') + 1)];
  return content && type ? { status: 200, headers: { 'Content-Type': type }, body: content } : undefined;
}
