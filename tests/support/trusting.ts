import { writeFile } from 'node:fs/promises';
import { test } from '@playwright/test';
import type { Sandbox } from '../../src/sandbox/index.js';

/** An environment in which Node and Python's requests trust the sandbox's certificate. */
export async function trusting({ ca }: Sandbox): Promise<NodeJS.ProcessEnv> {
  const file = test.info().outputPath('ca.pem');
  await writeFile(file, ca);
  return { ...process.env, NODE_EXTRA_CA_CERTS: file, REQUESTS_CA_BUNDLE: file };
}
