import { formatAddress } from '../address.js';
import type { MessageRef } from '../transport.js';

/** Characters of a subject, or of an address. */
const longest = 200;

/** Which message it is, from whom, and when it came, in a line. */
export function describeRef(ref: MessageRef): string {
  const from = ref.from ? formatAddress(ref.from) : 'nobody';
  const time = ref.receivedAt.getTime();
  const received = time > 0 ? new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') : 'at an unknown time';
  return `${JSON.stringify(ref.subject.slice(0, longest))} from ${from.slice(0, longest)}, received ${received}`;
}
