import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Removes the declarations that nobody is led to: tsc writes one for each source, and a tenth of them say what users
 * can import.
 * @param {string} folder
 * @param {readonly string[]} entries the declarations to begin with
 */
export function pruneTypes(folder, entries) {
  /** @type {Set<string>} */
  const kept = new Set();
  for (const entry of entries) follow(join(folder, entry), kept);
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, String(name));
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(file);
  }
}

/**
 * @param {string} file
 * @param {Set<string>} kept
 */
function follow(file, kept) {
  if (kept.has(file)) return;
  kept.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'(\.[^']+)\.js'/g)) {
    follow(resolve(file, '..', `${name}.d.ts`), kept);
  }
}
