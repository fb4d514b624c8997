import { join } from 'node:path';

/** What a process loads all of, or nothing, beginning with these files. */
const ways = {
  config: ['config/index.ts'],
  fixtures: ['index.ts'],
  connection: ['mail/open-connection.ts'],
  authorise: ['auth/authorise/sign-in-to.ts'],
  reading: ['mail/message/parse.ts'],
  graph: ['mail/graph/open-graph-transport.ts'],
  ews: ['mail/ews/open-ews-transport.ts'],
  imap: [
    'mail/imap/open-imap-transport.ts',
    'mail/imap/imap-session.ts',
    'mail/imap/imap-transport.ts',
    'mail/imap/smtp-sender.ts',
  ],
};

/** It shares little with them, and that little is a layer of its own. */
const sandbox = 'sandbox/index.ts';

/**
 * Which file of the build a module goes into: one for each way, `connection` for what several have in common, `face` for
 * what they have in common with a worker that only imports the package, `ground` for what the sandbox has in common with
 * any. Whatever a module needs is in its layer or in one below, so that two files never need each other.
 */
export class Layers {
  /** @type {Map<string, Set<string>>} */
  #waysTo = new Map();
  #src;

  /** @param {string} src the folder of the sources */
  constructor(src) {
    this.#src = src;
  }

  /** @returns {import('rolldown').Plugin} tells which module needs which */
  get plugin() {
    const learn = this.#learn.bind(this);
    return {
      name: 'layers',
      buildEnd() {
        learn((id) => this.getModuleInfo(id));
      },
    };
  }

  /**
   * @param {string} id
   * @returns {string | null} nothing where the bundler decides
   */
  of(id) {
    const found = this.#waysTo.get(id) ?? new Set();
    const [way, ...others] = [...found].filter((name) => name !== 'sandbox');
    if (way === undefined) return null;
    if (found.has('sandbox')) return 'ground';
    if (found.has('config')) return 'config';
    if (others.length === 0) return way;
    return found.has('fixtures') ? 'face' : 'connection';
  }

  /** @param {(id: string) => import('rolldown').ModuleInfo | null} infoOf */
  #learn(infoOf) {
    for (const [way, files] of Object.entries(ways)) {
      for (const file of files) this.#follow(join(this.#src, file), way, (id) => infoOf(id)?.importedIds ?? []);
    }
    this.#follow(join(this.#src, sandbox), 'sandbox', (id) => {
      const info = infoOf(id);
      return [...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? [])];
    });
  }

  /**
   * @param {string} id
   * @param {string} way
   * @param {(id: string) => string[]} needs
   */
  #follow(id, way, needs) {
    const known = this.#waysTo.get(id) ?? new Set();
    if (known.has(way)) return;
    this.#waysTo.set(id, known.add(way));
    for (const next of needs(id)) this.#follow(next, way, needs);
  }
}
