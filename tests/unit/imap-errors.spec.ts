import { expect, test } from '@playwright/test';
import { imapError, type Attempt } from '../../src/mail/imap/imap-errors.js';

const attempt: Attempt = {
  operation: 'reading the folder INBOX',
  address: 'qa@contoso.com',
  imap: { host: 'imap.contoso.com', port: 993, security: 'tls' },
  credentials: { type: 'basic', username: 'qa@contoso.com', password: 'secret' },
  hasWorked: true,
};
const bearer = { type: 'bearer', username: 'qa@contoso.com', appOnly: true, token: async () => 'token' } as const;

/** As the library reports them. */
function failure(properties: object, message = 'Command failed'): Error {
  return Object.assign(new Error(message), properties);
}

const no = { responseStatus: 'NO' };

for (const [what, properties, expected] of [
  [
    'too many connections, said when signing in',
    { ...no, authenticationFailed: true, responseText: 'Maximum number of connections from user+IP exceeded' },
    { code: 'SERVER_BUSY', transient: true, message: expect.stringMatching(/Maximum number[^]*fewer workers/) },
  ],
  [
    'too many connections, said as goodbye',
    { code: 'NoConnection', reason: 'Too many simultaneous connections. (Failure)' },
    { code: 'SERVER_BUSY', transient: true },
  ],
  ['a server in trouble', { ...no, serverResponseCode: 'UNAVAILABLE' }, { code: 'SERVER_BUSY', transient: true }],
  [
    'throttling that was waited out in part',
    { responseStatus: 'BAD', code: 'ETHROTTLE', throttleReset: 90_000, throttleWaited: 15_000 },
    { code: 'SERVER_BUSY', transient: true, retryAfter: 75_000 },
  ],
  [
    'a folder that went away',
    { ...no, serverResponseCode: 'TRYCREATE' },
    { code: 'FOLDER_NOT_FOUND', transient: false },
  ],
  ['a folder that can not be selected', { ...no, mailboxMissing: true }, { code: 'FOLDER_NOT_FOUND' }],
  [
    'a full mailbox',
    { ...no, serverResponseCode: 'OVERQUOTA', responseText: 'Quota exceeded' },
    { code: 'ACCESS_DENIED' },
  ],
  ['what nobody foresaw', { ...no, responseText: 'Nope' }, { code: 'PROTOCOL', transient: false }],
  [
    'a connection that was lost',
    { code: 'NoConnection', reason: 'Server shutting down' },
    { code: 'NETWORK', transient: true, message: expect.stringContaining('Server shutting down') },
  ],
  ['a server that says nothing any more', { code: 'ETIMEOUT' }, { code: 'NETWORK', transient: true }],
  [
    'a certificate that is not trusted',
    { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', tlsFailed: true },
    { code: 'NETWORK', transient: false, message: expect.stringContaining('tls.ca') },
  ],
  [
    'a server without STARTTLS',
    { tlsFailed: true },
    { code: 'NETWORK', transient: false, message: expect.stringContaining(`security: 'tls'`) },
  ],
  ['a folder that closed with its connection', { code: 'NoMailboxSelected' }, { code: 'NETWORK', transient: true }],
  ['an answer that can not be read', { code: 'ParserError11' }, { code: 'PROTOCOL', transient: false }],
] as const) {
  test(what, () => {
    expect(imapError(failure(properties), attempt)).toMatchObject(expected);
  });
}

test('the message says what was tried, where, and what the server said', () => {
  const { message } = imapError(failure({ ...no, responseText: 'Nope' }), attempt);
  expect(message).toBe('reading the folder INBOX in the mailbox qa@contoso.com on imap.contoso.com:993 failed: Nope');
});

test('what a server tells about a token it refuses is passed on', () => {
  const oauthError = { status: '401', schemes: 'bearer', scope: 'https://outlook.office.com/IMAP.AccessAsUser.All' };
  const refusal = failure({ ...no, authenticationFailed: true, responseText: 'AUTHENTICATE failed.', oauthError });
  const error = imapError(refusal, { ...attempt, credentials: bearer });
  expect(error.code).toBe('AUTH_REFUSED');
  expect(error.message).toContain(`AUTHENTICATE failed. ${JSON.stringify(oauthError)}`);
  expect(error.message).toContain('New-ServicePrincipal');
});

test('a server that offers no way to sign in that suits', () => {
  const error = imapError(new Error('Unsupported authentication mechanism'), { ...attempt, credentials: bearer });
  expect(error).toMatchObject({ code: 'AUTH_REFUSED' });
});

test('a mistake of this package is no broken connection', () => {
  expect(imapError(new TypeError('x is not a function'), attempt)).toMatchObject({
    code: 'PROTOCOL',
    transient: false,
  });
});
