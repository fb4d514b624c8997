import { Calls, callsKey } from '../../src/fixtures/calls/calls.js';
import type { Message } from '../../src/mail/message/message.js';
import { createMessage } from './create-message.js';

/** A message as a fixture gives it: with the calls of the test that it belongs to. */
export async function givenMessage(...of: Parameters<typeof createMessage>): Promise<Message> {
  const calls = await Calls.open({ showBodies: true, showWaits: false });
  return Object.assign(await createMessage(...of), { [callsKey]: calls });
}
