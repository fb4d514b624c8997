// npm run docs: makes the pages of the documentation that are made of the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './command.mjs';
import { generatedPages } from './generated-pages.mjs';

const build = await run(process.execPath, ['scripts/build.mjs'], { quiet: true });
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}
for (const [path, text] of await generatedPages()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
