import type { ConnectionDefinitions } from '../config/types.js';

/** What is read of Playwright's `FullConfig`. */
interface Config {
  readonly projects: readonly { readonly use: { readonly exchangeConnections?: ConnectionDefinitions } }[];
}

/** A Playwright reporter that hands the connections of a config to the process that started the runner. */
// oxlint-disable-next-line no-default-export -- Playwright takes a reporter by its default export
export default class ConnectionsReporter {
  /** Playwright adds its own otherwise. */
  printsToStdio(): boolean {
    return true;
  }

  onBegin({ projects }: Config): void {
    const definitions = projects.map(({ use }) => use.exchangeConnections ?? {});
    // What an earlier project says of a name holds.
    process.send?.(Object.assign({}, ...definitions.toReversed()));
  }
}
