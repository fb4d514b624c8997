import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { readExportedToken } from '../../src/auth/store/exported-token.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { isAddress } from '../../src/input/is-address.js';
import { checkSearch } from '../../src/mail/check-search.js';
import { checkView } from '../../src/mail/check-view.js';
import { describeFolder, folderFault } from '../../src/mail/folder-path.js';
import { composeMessage } from '../../src/mail/message/compose.js';
import { describeFilter, mismatches, type MessageFilter } from '../../src/mail/message/filter/filter.js';
import { checkOutgoing, describeOutgoing } from '../../src/mail/message/outgoing.js';
import { toAddresses } from '../../src/mail/message/outgoing/recipients.js';
import { retryAfterOf } from '../../src/network/retry-after.js';
import { createMessage } from '../support/create-message.js';
import { anything, fuzz, orOurError, recordOf, text } from '../support/fuzz.js';

const address = fc.constantFrom('qa@contoso.com', 'QA <qa@contoso.com>', 'x@contoso.com, <a@contoso.com>');

const auth = recordOf(
  [
    'type',
    'grant',
    'tenantId',
    'clientId',
    'clientSecret',
    'certificate',
    'assertion',
    'redirectUrl',
    'scopes',
    'cloud',
  ],
  fc.constantFrom<unknown>('oauth2', 'basic', 'client_credentials', 'contoso.com', 'global', ['Mail.Send'], {
    env: 'A',
  }),
);

const definition = fc.oneof(
  anything,
  recordOf(
    ['protocol', 'host', 'port', 'security', 'smtp', 'user', 'mailbox', 'auth', 'addressing', 'proxy', 'tls'],
    fc.oneof(
      auth,
      fc.constantFrom<unknown>('ews', 'imap', 'graph', 'mail.contoso.com', 993, 'tls', 'none', { env: 'A' }),
    ),
  ),
);

test('any definition is resolved, or refused with its faults', async () => {
  await fuzz(definition, (value) => orOurError(() => resolveConnection('x', value, { A: 'qa@contoso.com' })));
});

test('any filter and options are taken, and can be used, or refused', async () => {
  const message = await createMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', subject: 'x', text: 'y' });
  const filter = fc.oneof(
    anything,
    recordOf(
      ['from', 'to', 'subject', 'text', 'html', 'hasAttachment', 'attachment', 'header', 'where'],
      fc.oneof(
        text,
        fc.constantFrom<unknown>(/x/gy, true, () => true),
        fc.dictionary(text, text, { maxKeys: 2 }),
      ),
    ),
  );
  const options = fc.oneof(anything, recordOf(['timeout', 'signal', 'folder', 'limit'], fc.nat()));
  await fuzz(fc.tuple(filter, options), async ([wanted, how]) => {
    expect(describeFilter(wanted)).toEqual(expect.any(String));
    await orOurError(async () => {
      checkSearch('find', wanted, how);
      expect(await mismatches(message, wanted as MessageFilter)).toEqual(expect.any(Array));
    });
  });
});

const outgoing = recordOf(
  [
    'to',
    'cc',
    'bcc',
    'from',
    'replyTo',
    'subject',
    'text',
    'html',
    'attachments',
    'headers',
    'inReplyTo',
    'references',
  ],
  fc.oneof(
    address,
    text,
    fc.array(fc.oneof(address, fc.record({ name: text, address: fc.oneof(address, text) })), { maxLength: 3 }),
    fc.array(recordOf(['filename', 'content', 'path', 'contentType', 'contentId'], text), { maxLength: 2 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('X-A', 'Date', 'Message-ID', 'Bcc')), text, { maxKeys: 3 }),
  ),
).map((fields) => ({ to: 'ada@contoso.com', ...(fields as object) }));

test('any message to send is composed, with no header and no recipient that was not asked for, or refused', async () => {
  await fuzz(fc.oneof(anything, outgoing, outgoing, outgoing), async (message) => {
    expect(describeOutgoing(message)).toEqual(expect.any(String));
    await orOurError(async () => {
      checkOutgoing(message);
      const { to, cc, bcc } = message;
      const mail = { ...message, from: message.from ?? 'qa@contoso.com' };
      const { source, envelope } = await composeMessage(mail, { keepBcc: false });
      const [head = ''] = source.toString('latin1').split('\r\n\r\n');
      expect(head).not.toMatch(/^X-Evil/m);
      expect(head).not.toMatch(/[^\r]\n|\r[^\n]/);
      const asked = [to, cc, bcc].flatMap((field) => toAddresses(field).map((one) => one.address));
      expect(envelope.to.length).toBeLessThanOrEqual(asked.length);
    });
  });
});

test('a text that is taken for an address is one, and no list', async () => {
  const part = fc.oneof(text, fc.constantFrom('a@contoso.com', ', ', ';', '<', '>', '"', '@', '\\', 'x'));
  await fuzz(
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
    (written) => {
      if (!isAddress(written)) return;
      expect(written.trim()).not.toMatch(/[\r\n\0<>](?!.*"@)/);
      expect(written.trim().replace(/^"(?:[^"\\]|\\.)*"/, 'q')).toMatch(/^[^\s@,;<>"]+@[^\s@,;<>"]+$/);
    },
    { runs: 2000 },
  );
});

test('any folder is one that there can be, or refused in words', async () => {
  const path = fc.oneof(anything, fc.array(anything, { maxLength: 3 }), fc.constantFrom('inbox', 'Inbox', 'archive'));
  await fuzz(path, (value) => {
    expect(describeFolder(value)).toEqual(expect.any(String));
    const fault = folderFault(value);
    if (fault === undefined && typeof value !== 'string') expect(value).not.toContainEqual('');
  });
});

test('any address and options of a view are taken or refused', async () => {
  const options = fc.oneof(anything, recordOf(['timeout', 'since', 'signal'], fc.oneof(fc.nat(), fc.date())));
  await fuzz(fc.tuple(fc.oneof(address, anything), options), ([whose, how]) => orOurError(() => checkView(whose, how)));
});

test('any exported token is read, or refused', async () => {
  const token = fc.oneof(
    text,
    recordOf(['v', 'fingerprint', 'account', 'refreshToken', 'issuedAt'], text).map((value) =>
      Buffer.from(JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? 0 : inner))).toString(
        'base64url',
      ),
    ),
  );
  await fuzz(token, (value) => orOurError(() => readExportedToken('A', { PLAYWRIGHT_EXCHANGE_TOKEN_A: value })));
});

test('any Retry-After is a number that a timer holds, or nothing', async () => {
  await fuzz(fc.oneof(text, fc.double().map(String), fc.date().map(String)), (value) => {
    const wish = retryAfterOf({ 'retry-after': value }) ?? 0;
    expect(wish).toBeGreaterThanOrEqual(0);
    expect(wish).toBeLessThan(2 ** 31);
  });
});
