import { spawn } from 'node:child_process';
import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'rolldown';

const source = fileURLToPath(new URL('../../src/cli/stop-requested.ts', import.meta.url));

test('a package that is linked, as pnpm does, is still loaded from where it is', async () => {
  const folder = test.info().outputPath();
  const linked = join(folder, 'store/linked');
  await mkdir(linked, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(linked, join(folder, 'node_modules/linked'));
  await writeFile(join(linked, 'package.json'), '{"type":"module","exports":"./index.js"}');
  await writeFile(join(linked, 'index.js'), 'export default import.meta.url;');
  await build({ input: source, platform: 'node', output: { file: join(folder, 'stop-requested.mjs') } });
  const program = `
    import { stopRequested } from './stop-requested.mjs';
    void stopRequested();
    process.stdout.write((await import('linked')).default);
    process.exit();`;
  await writeFile(join(folder, 'program.mjs'), program);
  const child = spawn(process.execPath, ['program.mjs'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  expect(await text(child.stdout)).toBe(pathToFileURL(join(await realpath(linked), 'index.js')).href);
});
