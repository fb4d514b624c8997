import { callbackify } from 'node:util';
import { expect } from '@playwright/test';
import type { SMTPServerOptions } from 'smtp-server';
import { Slots } from '../../src/async/slots.js';
import type { ExchangeError } from '../../src/errors.js';
import type { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import type { ComposedMessage } from '../../src/mail/transport.js';
import { address, password, reply, test } from './smtp-sender-test.js';

test('messages go out one after the other, over one connection, to those of the envelope', async ({ open }) => {
  const { sender, taken, connections } = await open();
  await Promise.all(
    [1, 2, 3].map((number) => sender.send(message(`Mail ${number}`, ['a@contoso.com', 'b@contoso.com']))),
  );
  expect(taken).toEqual([1, 2, 3].map((number) => `qa@contoso.com a@contoso.com,b@contoso.com Mail ${number}`));
  expect(connections()).toBe(1);
});

test('where connections are few, one waits for its turn, and is given back soon', async ({ open }) => {
  let [underWay, most] = [0, 0];
  const server: SMTPServerOptions = {
    onConnect: (_session, callback) => {
      most = Math.max(most, ++underWay);
      callback();
    },
    onClose: () => void underWay--,
  };
  const { sender, other, taken } = await open(server, { places: new Slots(1) });
  await sender.send(message('One'));
  await sender.send(message('Two'));
  await other.send(message('Three'));
  expect(taken.map((line) => line.split(' ').at(-1))).toEqual(['One', 'Two', 'Three']);
  expect(most).toBe(1);
});

test('a connection that was lost in the meantime is replaced', async ({ open }) => {
  const { sender, taken, drop } = await open();
  await sender.send(message('Before'));
  drop();
  await sender.send(message('After'));
  expect(taken).toHaveLength(2);
});

for (const security of ['tls', 'starttls', 'none'] as const) {
  test(`mail is handed in with security '${security}'`, async ({ open }) => {
    const { sender, taken } = await open(security === 'none' ? { allowInsecureAuth: true } : {}, { security });
    await sender.send(message('Hello'));
    expect(taken).toHaveLength(1);
  });
}

test('STARTTLS is insisted on: a server without it learns no password', async ({ open }) => {
  const seen: unknown[] = [];
  const { sender } = await open({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => {
      seen.push(auth);
      callback(null, { user: address });
    },
  });
  expect(await failure(sender)).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('smtp.security') });
  expect(seen).toEqual([]);
});

test('a certificate that is not trusted is refused, with what to do', async ({ open }) => {
  for (const security of ['tls', 'starttls'] as const) {
    const { sender } = await open({}, { security, ca: [] });
    expect(await failure(sender)).toMatchObject({
      code: 'NETWORK',
      message: expect.stringMatching(/self-signed certificate[^]*tls\.ca/),
    });
  }
});

test('a token that is refused is renewed once', async ({ open }) => {
  const asked: boolean[] = [];
  const token = async ({ renew = false } = {}): Promise<string> => {
    asked.push(renew);
    return renew ? 'good' : 'stale';
  };
  const credentials = { type: 'bearer', username: address, appOnly: false, token } as const;
  const { sender, taken } = await open({}, { credentials });
  await sender.send(message('Hello'));
  expect(taken).toHaveLength(1);
  expect(asked).toEqual([false, true]);
});

test('a sign-in that is refused is said so, without the password', async ({ open }) => {
  const { sender } = await open({}, { credentials: { ...password, password: 'wr0ng' } });
  const error = await failure(sender);
  expect(error).toMatchObject({
    code: 'AUTH_REFUSED',
    message: expect.stringMatching(/535 5\.7\.3 Authentication unsuccessful[^]*authenticated SMTP is switched on/),
  });
  expect(JSON.stringify([error.message, error.cause])).not.toContain('wr0ng');
});

test('a server that is busy may be asked again, whichever command it says so to', async ({ open }) => {
  const busy = reply(451, '4.7.500 Server busy. Please try again later');
  const answers: SMTPServerOptions[] = [
    { onAuth: (_auth, _session, callback) => callback(reply(454, '4.7.0 Temporary authentication failure')) },
    { onMailFrom: (_address, _session, callback) => callback(busy) },
    { onRcptTo: (_address, _session, callback) => callback(busy) },
    { onData: (stream, _session, callback) => void stream.resume().on('end', () => callback(busy)) },
  ];
  for (const server of answers) {
    const { sender } = await open(server);
    expect(await failure(sender)).toMatchObject({ code: 'SERVER_BUSY', transient: true });
  }
});

test('a refusal comes in the words of the server, with what to do', async ({ open }) => {
  const { sender } = await open({
    onMailFrom: (_address, _session, callback) =>
      callback(reply(550, '5.7.60 SMTP; Client does not have permissions to send as this sender')),
  });
  expect(await failure(sender)).toMatchObject({
    code: 'ACCESS_DENIED',
    transient: false,
    message: expect.stringMatching(/does not have permissions to send as this sender[^]*Send As/),
  });
});

test('of several recipients the one that was refused is named, and nothing is sent again', async ({ open }) => {
  const { sender, taken } = await open({
    onRcptTo: (recipient, _session, callback) =>
      callback(recipient.address.startsWith('nobody') ? reply(450, '4.1.1 Nobody is there just now') : null),
  });
  const error = await failure(sender, message('Hello', ['nobody@contoso.com', 'a@contoso.com']));
  expect(error).toMatchObject({
    code: 'PROTOCOL',
    transient: false,
    message: expect.stringContaining('Nobody is there just now'),
  });
  expect(taken).toEqual(['qa@contoso.com a@contoso.com Hello']);
});

test('a connection that breaks in mid-message leaves it open whether it was sent', async ({ open }) => {
  let drop = (): void => {};
  const opened = await open({ onData: (stream) => void stream.resume().on('end', () => drop()) });
  drop = opened.drop;
  const error = await failure(opened.sender);
  expect(error).toMatchObject({ code: 'NETWORK', transient: false });
  expect(error.advice.at(-1)).toMatch(/^the message may have been sent all the same/);
});

test('a connection that breaks before the message is handed over may be made again', async ({ open }) => {
  let drop = (): void => {};
  const never = (): void => void setImmediate(() => drop());
  const breaks: SMTPServerOptions[] = [
    { onConnect: never },
    { onAuth: never },
    { onMailFrom: never },
    { onRcptTo: never },
  ];
  for (const server of breaks) {
    const opened = await open(server);
    drop = opened.drop;
    expect(await failure(opened.sender)).toMatchObject({ code: 'NETWORK', transient: true });
  }
});

test('what the server can not be asked for at all is no trouble with the connection', async ({ open }) => {
  const { sender } = await open({ size: 10 });
  expect(await failure(sender)).toMatchObject({ code: 'PROTOCOL', transient: false });
});

test('whoever gives up while it is connecting sends nothing later', async ({ open }) => {
  let signIn = (): void => {};
  const controller = new AbortController();
  const { sender, taken } = await open({
    onAuth: (_auth, _session, callback) => {
      signIn = () => callback(null, { user: address });
      controller.abort(new Error('enough'));
    },
  });
  await expect(sender.send(message('First'), { signal: controller.signal })).rejects.toThrow('enough');
  signIn();
  await sender.send(message('Second'));
  expect(taken).toEqual(['qa@contoso.com a@contoso.com Second']);
});

test('whoever gives up stops waiting, and what has not begun is not sent', async ({ open }) => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const { sender, taken } = await open({
    onMailFrom: callbackify(async (_address: unknown, _session: unknown) => await released),
  });
  const first = sender.send(message('First'));
  const controller = new AbortController();
  const second = sender.send(message('Second'), { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  release();
  await first;
  await sender.send(message('Third'));
  expect(taken.map((line) => line.split(' ').at(-1))).toEqual(['First', 'Third']);
});

function message(subject: string, to: readonly string[] = ['a@contoso.com']): ComposedMessage {
  const source = Buffer.from(`From: ${address}\r\nTo: a@contoso.com\r\nSubject: ${subject}\r\n\r\nHello\r\n`);
  return { messageId: `<${subject}@contoso.com>`, envelope: { from: address, to }, source };
}

async function failure(sender: SmtpSender, mail = message('Hello')): Promise<ExchangeError> {
  return await sender.send(mail).then(
    () => {
      throw new Error('it was sent');
    },
    (error: ExchangeError) => error,
  );
}
