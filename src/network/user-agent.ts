import { readFileSync } from 'node:fs';

let text: string | undefined;

/** The `User-Agent` header: `playwright-exchange/1.2.3`. */
export function userAgent(): string {
  return (text ??= `playwright-exchange/${version()}`);
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
