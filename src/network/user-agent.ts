import { readFileSync } from 'node:fs';
import { codeFolder } from '../errors/code-folder.js';

let text: string | undefined;

/** The `User-Agent` header: `playwright-exchange/1.2.3`. */
export function userAgent(): string {
  return (text ??= `playwright-exchange/${version()}`);
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', codeFolder), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
