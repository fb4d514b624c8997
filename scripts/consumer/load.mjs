// Loads every entry point of the installed package, as an ES module and from CommonJS.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const packageJson = JSON.parse(readFileSync(require.resolve('playwright-exchange/package.json'), 'utf8'));

for (const subpath of Object.keys(packageJson.exports)) {
  if (subpath.endsWith('.json')) continue;
  const specifier = `playwright-exchange${subpath.slice(1)}`;
  const names = Object.keys(await import(specifier));
  if (names.length === 0) throw new Error(`${specifier} exports nothing`);
  const required = Object.keys(require(specifier));
  if (names.some((name) => !required.includes(name))) throw new Error(`${specifier} cannot be required`);
  console.log(`${specifier}: ${names.join(', ')}`);
}
