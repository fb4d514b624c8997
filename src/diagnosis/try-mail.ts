import { createOwnAddress, isAddressedTo } from '../mail/address.js';
import { ExchangeError } from '../errors.js';
import type { Folder, MailTransport } from '../mail/transport.js';
import type { Examination } from './examination.js';
import type { Finding } from './leg.js';
import { MailTrips, type Trip } from './mail-trips.js';
import { Push } from './push.js';

export interface MailOptions {
  readonly examination: Examination;
  readonly transport: MailTransport;
  readonly inbox: Folder;
  readonly addressing: string;
  /** Why there is no push, where that is so. */
  readonly polled: string | undefined;
  /** Why no mail is sent, where that is so. */
  readonly silent: string | undefined;
}

/** Milliseconds to say where a mail that did not come back may be. */
const reportTime = 20_000;

/** The legs of an open mailbox: push, a mail to itself, one to an address of a test, and no trace of them. */
export async function tryMail(options: MailOptions): Promise<void> {
  const { examination, transport, inbox, addressing, silent } = options;
  await using push = await examination.leg('subscribe', (signal) => subscribe(options, signal));
  if (silent !== undefined) {
    examination.skip(['mail', 'push', 'addressing', 'clean-up'], silent);
    return;
  }
  const trips = new MailTrips({ transport, inbox, push, timeout: examination.timeout });
  try {
    const trip = await examination.leg('mail', (signal) => toItself(trips, transport.address, signal), reportTime);
    await examination.check('push', async () => checkPush(push, trip));
    const address = addressing === 'plain' ? undefined : createOwnAddress(addressing, transport.address);
    await examination.leg('addressing', (signal) => checkAddressing(trips, address, signal), reportTime);
  } finally {
    await examination.check('clean-up', async (signal) => cleanedUp(await trips.cleanUp({ signal })));
  }
}

/** Finds push once it stands; nothing where there is none. */
async function subscribe(
  { transport, inbox, polled }: MailOptions,
  signal: AbortSignal,
): Promise<Finding<Push | undefined>> {
  if (polled !== undefined) return { skipped: true, detail: polled, value: undefined };
  const push = new Push(transport, inbox);
  if (await push.hintAfter(0, signal)) return { detail: `to the folder ${inbox.name}`, value: push };
  await push[Symbol.asyncDispose]();
  const { trouble } = push;
  if (trouble?.code !== 'PUSH_UNAVAILABLE') throw trouble ?? signal.reason;
  return { skipped: true, detail: `polled: ${trouble.message.split('\n')[0]}`, value: undefined };
}

async function toItself(trips: MailTrips, address: string, signal: AbortSignal): Promise<Finding<Trip>> {
  await trips.begin({ signal });
  const trip = await trips.make(address, { signal });
  return { detail: `came back after ${trip.latency} ms`, facts: { latency: trip.latency }, value: trip };
}

function checkPush(push: Push | undefined, { told }: Trip): Finding<void> {
  if (!push) return { skipped: true, detail: 'there is none', value: undefined };
  if (told) return { detail: 'told of the mail', value: undefined };
  if (push.trouble) throw push.trouble;
  throw new ExchangeError('PUSH_UNAVAILABLE', 'Push was set up, but did not tell of the mail that came.', {
    advice: [
      'see whether a proxy or a firewall on the way holds answers back until they are whole',
      'specs get their mail all the same, by looking now and then: later',
    ],
  });
}

async function checkAddressing(
  trips: MailTrips,
  address: string | undefined,
  signal: AbortSignal,
): Promise<Finding<void>> {
  if (address === undefined) return { skipped: true, detail: 'plain: all tests share the address', value: undefined };
  const { ref } = await trips.make(address, { signal });
  if (!isAddressedTo(ref, address))
    throw tagLost(
      address,
      ref.to.map((to) => to.address),
    );
  return { detail: `${address} came as such`, facts: { address }, value: undefined };
}

function tagLost(address: string, to: readonly string[]): ExchangeError {
  const summary = `The mail to ${address} came, but for ${to.join(', ') || 'nobody'}: the tag is lost on the way.`;
  return new ExchangeError('CONFIGURATION', summary, {
    advice: [
      'in Exchange Online, see whether plus addressing is on: Get-OrganizationConfig | fl DisablePlusAddressInRecipients',
      "or take a catch-all domain: addressing: '{tag}@qa.contoso.com'",
      `or let the tests share the address, one at a time: addressing: 'plain'`,
    ],
  });
}

function cleanedUp(count: number): Finding<void> {
  return { detail: `${count} messages deleted`, facts: { deleted: count }, value: undefined };
}
