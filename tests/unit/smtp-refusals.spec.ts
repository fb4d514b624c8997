import { expect, test } from '@playwright/test';
import { isExchangeError } from '../../src/errors.js';
import { smtpError } from '../../src/mail/imap/smtp-errors.js';
import { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox();
});
test.afterAll(() => sandbox.close());

const refusals = {
  '5.7.57': ['AUTH_REFUSED', /530 5\.7\.57 Client not authenticated[^]*have clients sign in/],
  '5.7.139': [
    'AUTH_REFUSED',
    /535 5\.7\.139 Authentication unsuccessful[^]*Set-CASMailbox -SmtpClientAuthenticationDisabled/,
  ],
  '5.7.60': ['ACCESS_DENIED', /550 5\.7\.60 SMTP; Client does not have permissions[^]*Send As/],
  '5.2.252': [
    'ACCESS_DENIED',
    /554 5\.2\.252 SendAsDenied; qa@contoso\.com not allowed to send as[^]*have Send As granted/,
  ],
  '4.3.2': ['SERVER_BUSY', /432 4\.3\.2 Concurrent connections limit[^]*fewer workers/],
} as const;

for (const code of ['5.7.57', '5.7.139', '5.7.60', '5.2.252', '4.3.2'] as const) {
  test(`the refusal ${code} of smtp.office365.com says what it is and what to do, once it is asked for`, async () => {
    const sender = new SmtpSender({
      smtp: { ...sandbox.smtp, security: 'none', keepsCopy: true },
      address: user,
      credentials: { type: 'basic', username: user, password: 'secret' },
      proxy: 'none',
      ca: [],
      signInTimeout: 60_000,
    });
    const to = `to-${code}@contoso.com`;
    const message = {
      messageId: '<1@contoso.com>',
      envelope: { from: user, to: [to] },
      source: Buffer.from('Subject: x\r\n\r\nx\r\n'),
    };
    sandbox.faults.smtpRefusal = { code, times: 1 };
    const error = await sender.send(message).catch((reason: unknown) => reason);
    const [kind, said] = refusals[code];
    expect(isExchangeError(error) && error).toMatchObject({
      code: kind,
      transient: kind === 'SERVER_BUSY',
      message: expect.stringMatching(said),
    });
    await sender.send(message);
    expect(sandbox.store.account(to).folder('inbox').messages).toHaveLength(1);
    sender.close();
  });
}

for (const said of [
  '554 5.2.3 MapiExceptionMaxSubmissionExceeded; Message size exceeds maximum size limit.',
  '552 5.3.4 Message size exceeds fixed maximum message size',
]) {
  test(`what is larger than may be sent is to be made smaller: ${said.slice(0, 9)}`, () => {
    const failure = Object.assign(new Error(`Message failed: ${said}`), { code: 'EMESSAGE', response: said });
    const error = smtpError(failure, {
      operation: 'sending a message',
      address: user,
      smtp: { ...sandbox.smtp, security: 'none', keepsCopy: true },
      credentials: { type: 'basic', username: user, password: 'secret' },
    });
    expect(error.advice).toEqual(['send a smaller message, or have the limit raised']);
  });
}
