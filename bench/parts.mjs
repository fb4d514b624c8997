import { burst } from './parts/burst.mjs';
import { chaos } from './parts/chaos.mjs';
import { corpus } from './parts/corpus.mjs';
import { faults } from './parts/faults.mjs';
import { firstUse } from './parts/first-use.mjs';
import { importTime } from './parts/import.mjs';
import { installed } from './parts/installed.mjs';
import { dovecotLatency, ewsLatency, graphLatency, imapLatency } from './parts/latency.mjs';
import { largeMailbox } from './parts/large-mailbox.mjs';
import { manyTests } from './parts/many-tests.mjs';
import { memory } from './parts/memory.mjs';
import { sandboxSize } from './parts/sandbox.mjs';
import { waiters } from './parts/waiters.mjs';
import { workers } from './parts/workers.mjs';

/**
 * What there is to run, by the name to ask for it.
 * @type {ReadonlyMap<string, () => Promise<import('./table.mjs').Table>>}
 */
export const parts = new Map(
  Object.entries({
    'ews-latency': ewsLatency,
    'imap-latency': imapLatency,
    'graph-latency': graphLatency,
    'dovecot-latency': dovecotLatency,
    'ews-large-mailbox': () => largeMailbox('ews'),
    'imap-large-mailbox': () => largeMailbox('imap'),
    'graph-large-mailbox': () => largeMailbox('graph'),
    'ews-waiters': () => waiters('ews'),
    'imap-waiters': () => waiters('imap'),
    'graph-waiters': () => waiters('graph'),
    'ews-burst': () => burst('ews'),
    'imap-burst': () => burst('imap'),
    'graph-burst': () => burst('graph'),
    'ews-workers': () => workers('ews'),
    'imap-workers': () => workers('imap'),
    'graph-workers': () => workers('graph'),
    import: importTime,
    installed,
    'ews-first-use': () => firstUse('ews'),
    'imap-first-use': () => firstUse('imap'),
    'graph-first-use': () => firstUse('graph'),
    'ews-faults': () => faults('ews'),
    'imap-faults': () => faults('imap'),
    'graph-faults': () => faults('graph'),
    'sandbox-size': sandboxSize,
    memory,
    'many-tests': manyTests,
    chaos,
    corpus,
  }),
);
