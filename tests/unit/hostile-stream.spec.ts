import { expect, test } from '@playwright/test';
import { EwsHttp } from '../../src/mail/ews/ews-http.js';
import { SoapCall } from '../../src/mail/ews/soap-call.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { failureOf } from '../support/failure-of.js';
import { endless, megabyte, serveSpeech, type Speech } from './hostile-servers.js';

const address = 'qa@contoso.com';
const credentials = { type: 'basic', username: address, password: 'secret' } as const;

/** Listens to a notification stream; what ends it, and what had been sent by then. */
async function listen(speech: Speech, { pause = 0, silence = 200 } = {}): Promise<{ error: Error; sent: number }> {
  await using server = await serveSpeech(speech, { pause });
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const { signal } = new AbortController();
  const call = { operation: 'watching the folder Inbox', mailbox: address, signal, silence };
  const soap = new SoapCall(new EwsHttp({ url: server.url, address, credentials, http }), call);
  const error = await failureOf(soap.follow('<x/>', { established: () => {}, envelope: () => false }));
  http.close();
  await server.abandoned();
  return { error, sent: server.sent };
}

test('an envelope without end is given up', async () => {
  const speech = { ...endless('<x>'.repeat(20_000)), first: `${endless('').first}<Envelope>` };
  const { error, sent } = await listen(speech, { silence: 60_000 });
  expect(error).toMatchObject({ code: 'PROTOCOL', transient: false });
  expect(error.message).toMatch(/an envelope above \d+ characters/);
  expect(sent).toBeLessThan(32 * megabyte);
});

test('octets that make no envelope are silence', async () => {
  const { error } = await listen(endless(' '), { pause: 2 });
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  expect(error.message).toContain('no heartbeat for 0.2 s');
});

test('noise without end is silence, however loud', async () => {
  const { error } = await listen(endless('<?noise?>'.repeat(1000)));
  expect(error.message).toContain('no heartbeat for 0.2 s');
});
