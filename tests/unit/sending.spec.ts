import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { Connection } from '../../src/mail/connection.js';
import { failureOf } from '../support/failure-of.js';
import { FakeTransport } from '../support/fake-transport.js';

const message = { to: 'ada@contoso.com', subject: 'Hello', text: 'x' };

/** A connection whose first attempts to send fail, and how many attempts there were. */
function connect(...failures: ExchangeError[]): { connection: Connection; attempts: () => number } {
  let attempts = 0;
  class Sending extends FakeTransport {
    override async send(): Promise<void> {
      attempts++;
      const failure = failures.shift();
      if (failure) throw failure;
    }
  }
  const connection = new Connection({ name: 'x', addressing: 'plus' }, new Sending(), { release: async () => {} });
  return { connection, attempts: () => attempts };
}

test('a message that the server surely did not take is sent again', async () => {
  const { connection, attempts } = connect(
    new ExchangeError('NETWORK', 'no route', { transient: true }),
    new ExchangeError('SERVER_BUSY', 'busy', { transient: true }),
  );
  await connection.send(message, { timeout: 30_000 });
  expect(attempts()).toBe(3);
});

test('a message that it may have taken is not', async () => {
  const { connection, attempts } = connect(new ExchangeError('NETWORK', 'cut'));
  expect(await failureOf(connection.send(message, { timeout: 30_000 }))).toMatchObject({ message: 'cut' });
  expect(attempts()).toBe(1);
});

test('the faults of a message and of its options come in one error, before anything is tried', async () => {
  const { connection, attempts } = connect();
  const wrong = connection.send({ ...message, to: 'nobody' }, { timeout: Infinity, timout: 5 } as { timeout: number });
  expect((await failureOf(wrong)).advice).toEqual([
    'to: "nobody" is not an e-mail address',
    'timout is not a field of the options: did you mean timeout?',
    expect.stringMatching(/^timeout must be milliseconds/),
  ]);
  expect(attempts()).toBe(0);
});

test('a sender that is undefined is the account', async () => {
  const { connection } = connect();
  const from = undefined as unknown as string;
  expect(await connection.send({ ...message, from }, { timeout: 1000 })).toMatchObject({ from: 'qa@contoso.com' });
});
