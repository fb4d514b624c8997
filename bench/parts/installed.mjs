import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/command.mjs';

/** Rows: the packages that weigh most. */
const shown = 12;
const megabyte = 1024 * 1024;

/**
 * What is installed with this package, by what package-lock.json says that its users get.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function installed() {
  /** @type {Record<string, { dev?: boolean, optional?: boolean, peer?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const folders = Object.entries(packages).flatMap(([folder, { dev, optional, peer }]) =>
    folder === '' || dev || optional || peer ? [] : [folder],
  );
  const sizes = folders.map((folder) => ({
    name: folder.replace('node_modules/', ''),
    size: sizeOf(join(root, folder)),
  }));
  const heaviest = sizes.toSorted((one, other) => other.size - one.size);
  const rest = heaviest.slice(shown);
  return {
    title: `Installed with this package: ${folders.length} packages, besides Playwright`,
    head: ['MB'],
    rows: [
      ['this package itself', inMegabytes(sizeOf(join(root, 'dist')))],
      ['of it, what is bundled (dist/vendor)', inMegabytes(sizeOf(join(root, 'dist/vendor')))],
      ...heaviest.slice(0, shown).map(({ name, size }) => [name, inMegabytes(size)]),
      [`the ${rest.length} others`, inMegabytes(sum(rest))],
      ['all', inMegabytes(sum(sizes) + sizeOf(join(root, 'dist')))],
    ],
  };
}

/** @param {readonly { size: number }[]} sizes */
function sum(sizes) {
  return sizes.reduce((total, { size }) => total + size, 0);
}

/** @param {number} octets */
function inMegabytes(octets) {
  return (octets / megabyte).toFixed(1);
}

/** @param {string} folder without the packages within it */
function sizeOf(folder) {
  let size = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) size += statSync(path).size;
    else if (entry.isDirectory() && entry.name !== 'node_modules') size += sizeOf(path);
  }
  return size;
}
