import { configFolder } from '../config/config-folder.js';
import type { ConnectionDefinitions } from '../config/types.js';

/** What a Playwright config says of connections. */
export interface ConfiguredConnections {
  readonly definitions: ConnectionDefinitions;
  /** Its folder, where the `.env` file and the kept tokens are. */
  readonly directory: string;
}

/** What is read of Playwright's `FullConfig`. */
interface Config {
  readonly configFile?: string;
  readonly rootDir: string;
  readonly projects: readonly { readonly use: { readonly exchangeConnections?: ConnectionDefinitions } }[];
}

/** A Playwright reporter that hands the connections of a config to the process that started the runner. */
// oxlint-disable-next-line no-default-export -- Playwright takes a reporter by its default export
export default class ConnectionsReporter {
  /** Playwright adds its own otherwise. */
  printsToStdio(): boolean {
    return true;
  }

  onBegin(config: Config): void {
    const definitions = config.projects.map(({ use }) => use.exchangeConnections ?? {});
    // What an earlier project says of a name holds.
    const connections: ConfiguredConnections = {
      definitions: Object.assign({}, ...definitions.toReversed()),
      directory: configFolder(config),
    };
    process.send?.(connections);
  }
}
