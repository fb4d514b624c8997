/** What cuts clients off. */
export interface Interruptions {
  /** Cuts every streaming connection. */
  dropStreams(): void;
  /** Cuts every connection, IMAP's too, and forgets nothing. */
  dropConnections(): void;
  /** Forgets every subscription, as a server does whose other half has taken over. */
  forgetSubscriptions(): void;
}

const names: readonly (keyof Interruptions)[] = ['dropStreams', 'dropConnections', 'forgetSubscriptions'];

/** Reads `{"dropStreams": true}`. @throws TypeError with what is wrong */
export function readInterruptions(json: unknown): readonly (keyof Interruptions)[] {
  const wanted = Object.entries(typeof json === 'object' && json !== null ? json : {});
  const wrong = wanted.find(([name, value]) => !names.some((known) => known === name) || value !== true);
  if (wrong) throw new TypeError(`interrupt: '${wrong[0]}' is none of ${names.join(', ')}, with the value true`);
  return names.filter((name) => wanted.some(([given]) => given === name));
}
