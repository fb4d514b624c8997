/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./remote-deeds.mjs').RemoteDeeds} RemoteDeeds */

const calmFaults = {
  losePushes: 0,
  delay: 0,
  chunkSize: 0,
  busy: { times: 0, backOffMilliseconds: 0 },
  throttleGraph: { times: 0, retryAfterSeconds: 0 },
  throttleImap: { times: 0, backOffMilliseconds: 0 },
  token: undefined,
  dropRequests: 0,
  unauthorized: 0,
};

/**
 * Something goes wrong at the server; resolves to what it was.
 * @param {'ews' | 'imap' | 'graph'} protocol
 * @param {RemoteDeeds} sandbox
 * @param {Random} random
 */
export async function serverTrouble(protocol, sandbox, random) {
  const troubles = { ...common(sandbox, random), ...special[protocol](sandbox, random) };
  const name = random.pick(Object.keys(troubles));
  await troubles[name]?.();
  return name;
}

/** @typedef {Record<string, () => Promise<unknown>>} Troubles */

/** @type {(sandbox: RemoteDeeds, random: Random) => Troubles} */
const common = (sandbox, random) => ({
  restart: () => sandbox.order('restart'),
  'connections dropped': () => sandbox.order('dropConnections'),
  'tokens expired': () => sandbox.order('expireTokens'),
  'tokens refused': () => sandbox.order('faults', { unauthorized: 1 }),
  'sign-in service away': () => sandbox.order('faults', { token: { code: 90033, times: 1 } }),
  'answers late': () => sandbox.order('faults', { delay: random.whole(40) }),
});

/** @type {Readonly<Record<'ews' | 'imap' | 'graph', (sandbox: RemoteDeeds, random: Random) => Troubles>>} */
const special = {
  ews: (sandbox, random) => ({
    'subscriptions forgotten': () => sandbox.order('forgetSubscriptions'),
    'pushes lost': () => sandbox.order('faults', { losePushes: random.next() }),
    'pushes whole again': () => sandbox.order('faults', { losePushes: 0 }),
    'requests dropped': () => sandbox.order('faults', { dropRequests: 1 + random.whole(3) }),
    busy: () => sandbox.order('faults', { busy: { times: 1 + random.whole(2), backOffMilliseconds: 50 } }),
    'streams cut small': () => sandbox.order('faults', { chunkSize: 1 + random.whole(50) }),
  }),
  graph: (sandbox, random) => ({
    'requests dropped': () => sandbox.order('faults', { dropRequests: 1 + random.whole(3) }),
    throttled: () => sandbox.order('faults', { throttleGraph: { times: 2, retryAfterSeconds: 0 } }),
    'delta links forgotten': () => sandbox.order('faults', { lostSyncStates: 1 + random.whole(3) }),
    'delta pages cut': () => sandbox.order('faults', { dropDuringDelta: 1 }),
  }),
  imap: (sandbox, random) => ({
    'pushes lost': () => sandbox.order('faults', { losePushes: random.next() }),
    'pushes whole again': () => sandbox.order('faults', { losePushes: 0 }),
    throttled: () => sandbox.order('faults', { throttleImap: { times: 1, backOffMilliseconds: 50 } }),
    'fetches cut': () => sandbox.order('faults', { dropDuringFetch: 1 + random.whole(3) }),
    'sessions cut': () => sandbox.order('faults', { dropAfterLogin: 1 }),
    'not connected': () => sandbox.order('faults', { notConnected: 1 }),
  }),
};

/** @param {RemoteDeeds} sandbox */
export async function calmServer(sandbox) {
  await sandbox.order('faults', calmFaults);
}

/**
 * One mail comes, by one of the ways in which mail comes.
 * @param {RemoteDeeds} sandbox
 * @param {Random} random
 * @param {{ to: string, subject: string }} mail
 */
export async function deliverSomehow(sandbox, random, mail) {
  const way = random.next();
  if (way < 0.05) await sandbox.order('deliverByJunk', mail);
  else if (way < 0.1) await sandbox.order('deliverAndMoveAround', mail);
  else if (way < 0.2) await sandbox.order('deliver', { ...mail, agedMinutes: random.whole(24 * 60) });
  else if (way < 0.3) await sandbox.order('deliver', { ...mail, anonymous: true });
  else await sandbox.order('deliver', mail);
  if (random.chance(0.2))
    await sandbox.order('deliverToOthers', { to: `qa+other${random.whole(9)}@contoso.com`, subject: 'Other' });
}
