import type { Faults } from '../faults.js';

type Check = (value: unknown) => boolean;

const isSwitch: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number' && value >= 0;
const isShare: Check = (value) => isNumber(value) && Number(value) <= 1;
const isBusy: Check = (value) => isRecord(value) && isNumber(value.times) && isNumber(value.backOffMilliseconds);
const isThrottle: Check = (value) => isRecord(value) && isNumber(value.times) && isNumber(value.retryAfterSeconds);
const isToken: Check = (value) =>
  value === undefined ||
  (isRecord(value) && isNumber(value.code) && (value.times === undefined || isNumber(value.times)));

const checks: Readonly<Record<keyof Faults, Check>> = {
  ewsDisabled: isSwitch,
  busy: isBusy,
  unauthorized: isNumber,
  dropRequests: isNumber,
  maxStreams: isNumber,
  losePushes: isShare,
  chunkSize: isNumber,
  silentStreams: isSwitch,
  delay: isNumber,
  dropAfterLogin: isNumber,
  dropDuringFetch: isNumber,
  silentImap: isSwitch,
  notConnected: isNumber,
  throttleImap: isBusy,
  maxImapConnections: isNumber,
  graphDisabled: isSwitch,
  throttleGraph: isThrottle,
  maxGraphRequests: isNumber,
  lostSyncStates: isNumber,
  delayDelta: isNumber,
  dropDuringDelta: isNumber,
  token: isToken,
  signIn: isToken,
  ignoreFormPost: isSwitch,
};

/**
 * Sets the faults that `changes` names, `null` standing for none; all of them or, where one is wrong, none.
 * @throws TypeError with what is wrong
 */
export function mergeFaults(faults: Faults, changes: unknown): void {
  if (!isRecord(changes)) throw new TypeError('faults: an object is wanted');
  const values = Object.entries(changes).map(([name, value]) => [name, value ?? undefined] as const);
  for (const [name, value] of values) {
    if (!isFault(name)) throw new TypeError(`faults: '${name}' is none of ${Object.keys(checks).join(', ')}`);
    if (!checks[name](value)) throw new TypeError(`faults: '${name}' cannot be ${JSON.stringify(value)}`);
  }
  Object.assign(faults, Object.fromEntries(values));
}

function isFault(name: string): name is keyof Faults {
  return Object.hasOwn(checks, name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
