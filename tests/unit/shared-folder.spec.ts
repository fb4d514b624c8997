import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { sharedFolder } from '../../src/mail/sharing/shared-folder.js';

test('what sandboxes that are long gone had in common is removed, with nothing that somebody has yet to clean up', async () => {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = test.info().outputPath();
  try {
    const env = { PLAYWRIGHT_EXCHANGE_SANDBOX: 'http://127.0.0.1:8025' };
    const resolved = await resolveConnection('graph', sandboxConnection({ protocol: 'graph', env }), {});
    const own = (await sharedFolder(resolved))!;
    const folder = (name: string): string => join(own, '..', name);
    for (const name of ['young', 'old', 'settled', 'owing']) await mkdir(folder(name));
    for (const name of ['settled', 'owing']) await mkdir(join(folder(name), 'handed-out'));
    await writeFile(join(folder('owing'), 'handed-out/entry'), '');
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    for (const path of [own, folder('old'), folder('settled'), folder('owing')]) await utimes(path, longAgo, longAgo);
    expect(await sharedFolder(resolved)).toBe(own);
    expect(await sharedFolder({ ...resolved, user: 'other@contoso.com' })).not.toBe(own);
    const left = await readdir(join(own, '..'));
    expect(left.filter((name) => /^[a-z]+$/.test(name)).toSorted()).toEqual(['owing', 'young']);
    expect(left).toHaveLength(4);
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
});
