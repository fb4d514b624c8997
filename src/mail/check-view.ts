import { waitFaults } from '../async/wait-faults.js';
import { isAddress } from '../input/is-address.js';
import { kindOf } from '../input/kind-of.js';
import { refuse } from '../input/refuse.js';

/** @throws CONFIGURATION with all that is wrong with what a view is opened for, before anything is tried */
export function checkView(address: unknown, options: unknown): void {
  const faults = waitFaults(options, { more: { since: dateFault } });
  if (address !== undefined && typeof address !== 'string') {
    faults.unshift(`the address must be a text, 'qa@contoso.com', not ${kindOf(address)}`);
  } else if (address !== undefined && !isAddress(address)) {
    faults.unshift(`${JSON.stringify(address.slice(0, 100))} is not an e-mail address`);
  }
  refuse('The arguments of mailbox(address, options) are not usable.', faults);
}

function dateFault(value: unknown): string | undefined {
  if (!(value instanceof Date)) return `must be a Date, not ${kindOf(value)}`;
  return Number.isNaN(value.getTime()) ? 'must be a Date, and this one has no time (Invalid Date)' : undefined;
}
