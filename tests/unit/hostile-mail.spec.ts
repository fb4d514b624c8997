import { expect, test } from '@playwright/test';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import { failureOf } from '../support/failure-of.js';
import { megabyte, serveSpeech, type HostileServer, type Speech } from './hostile-servers.js';

const credentials = { type: 'basic', username: 'qa', password: 'secret' } as const;
const address = 'qa@contoso.com';
const common = { address, credentials, proxy: 'none', ca: [] } as const;

interface Outcome {
  readonly message: string;
  readonly code: string;
  readonly sent: number;
}

/** What the system's buffers may hold besides. */
const buffered = 16 * megabyte;

test.describe('IMAP', () => {
  async function attack(speech: Speech, { pause = 0, signInTimeout = 20_000 } = {}): Promise<Outcome> {
    await using server = await serveSpeech(speech, { when: 'connected', pause });
    const imap = { host: '127.0.0.1', port: server.port, security: 'none' } as const;
    const options = { ...common, imap, smtp: undefined, isShared: false, signInTimeout };
    return await outcome(server, openImapTransport(options));
  }

  test('a line without end is given up', async () => {
    const { code, sent } = await attack({ first: '* OK ', next: () => 'x'.repeat(65_536) });
    expect(code).toBe('PROTOCOL');
    expect(sent).toBeLessThan(8 * megabyte + buffered);
  });

  test('a literal that is announced as larger than any message is not read', async () => {
    const first = `* OK ready\r\n* 1 FETCH (BODY[] {${1024 * megabyte}}\r\n`;
    const { code, sent } = await attack({ first, next: () => Buffer.alloc(65_536) });
    expect(code).toBe('PROTOCOL');
    expect(sent).toBeLessThan(buffered);
  });

  test('lines without end that nobody asked for end with the deadline', async () => {
    const speech = { first: '* OK ready\r\n', next: () => '* OK still here\r\n' };
    const { code } = await attack(speech, { pause: 1, signInTimeout: 300 });
    expect(code).toBe('DEADLINE');
  });

  test('a greeting that dribbles ends with the deadline', async () => {
    const { code, message } = await attack({ next: () => 'x' }, { pause: 2, signInTimeout: 300 });
    expect(code).toBe('DEADLINE');
    expect(message).toContain('took longer than 0.3 s');
  });

  test('what is no IMAP is said to be none', async () => {
    const { message } = await attack(
      { first: 'HTTP/1.1 400 Bad Request\r\n\r\n', next: () => '' },
      {
        pause: 20,
        signInTimeout: 300,
      },
    );
    expect(message).toContain('127.0.0.1:');
  });
});

test.describe('SMTP', () => {
  async function attack(speech: Speech, { pause = 0, signInTimeout = 20_000 } = {}): Promise<Outcome> {
    await using server = await serveSpeech(speech, { when: 'connected', pause });
    const smtp = { host: '127.0.0.1', port: server.port, security: 'none', keepsCopy: true } as const;
    const sender = new SmtpSender({ ...common, smtp, signInTimeout });
    const source = Buffer.from('Subject: Hello\r\n\r\nHello\r\n');
    const message = { messageId: '<1@contoso.com>', source, envelope: { from: address, to: [address] } };
    return await outcome(server, sender.send(message));
  }

  test('a greeting without end is given up', async () => {
    const { sent, message } = await attack({ next: () => `220-${'x'.repeat(1000)}\r\n` });
    expect(message).toContain('Server response exceeds maximum allowed size');
    expect(sent).toBeLessThan(buffered);
  });

  test('a greeting that dribbles ends with the deadline', async () => {
    const { code, message } = await attack({ next: () => '2' }, { pause: 2, signInTimeout: 300 });
    expect(code).toBe('DEADLINE');
    expect(message).toContain('took longer than 0.3 s');
  });
});

/** How it failed; by then the connection is closed. */
async function outcome(server: HostileServer, attempt: Promise<unknown>): Promise<Outcome> {
  const { message, code } = await failureOf(attempt);
  await server.abandoned();
  return { message, code, sent: server.sent };
}
