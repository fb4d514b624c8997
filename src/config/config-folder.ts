import { dirname } from 'node:path';

/**
 * The folder of the Playwright config, where the `.env` file and the kept tokens are, whatever the working directory;
 * without a config, the one that Playwright runs in.
 */
export function configFolder({
  configFile,
  rootDir,
}: {
  readonly configFile?: string;
  readonly rootDir: string;
}): string {
  return configFile === undefined ? rootDir : dirname(configFile);
}
