import { expect, test } from '@playwright/test';
import { mail, startGraphServer, type GraphServer } from './sandbox-graph-server.js';

const inbox = '/me/mailFolders/inbox/messages';

/** One, Two and Three, each a minute after the one before. */
function deliverThree(server: GraphServer): string[] {
  return ['One', 'Two', 'Three'].map((subject, index) =>
    server.idOf(
      server.deliver({
        subject,
        from: `${subject} <${subject.toLowerCase()}@contoso.com>`,
        body: `The text of ${subject}`,
        receivedAt: new Date(Date.UTC(2026, 0, 1, 12, index)),
      }),
    ),
  );
}

test('messages come latest first, with all that Graph gives unasked', async () => {
  await using server = await startGraphServer();
  const [, , id] = deliverThree(server);
  const { json, value } = await server.ask(inbox);
  expect(json['@odata.context']).toMatch(
    /\/v1\.0\/\$metadata#users\('qa%40contoso.com'\)\/mailFolders\('.+'\)\/messages$/,
  );
  expect(value).toHaveLength(3);
  expect(value[0]).toMatchObject({
    '@odata.etag': expect.stringMatching(/^W\/".+"$/),
    id,
    receivedDateTime: '2026-01-01T12:02:00Z',
    hasAttachments: false,
    internetMessageId: '<1@contoso.com>',
    subject: 'Three',
    bodyPreview: 'The text of Three',
    importance: 'normal',
    isRead: false,
    isDraft: false,
    categories: [],
    body: { contentType: 'html', content: expect.stringContaining('The text of Three') },
    from: { emailAddress: { name: 'Three', address: 'three@contoso.com' } },
    toRecipients: [{ emailAddress: { name: 'qa@contoso.com', address: 'qa@contoso.com' } }],
    ccRecipients: [],
    flag: { flagStatus: 'notFlagged' },
  });
  expect(value[0]).not.toHaveProperty('internetMessageHeaders');
});

test('headers and the unique body are given to who selects them', async () => {
  await using server = await startGraphServer();
  const id = server.idOf(server.deliver({ headers: ['X-Test: a', 'X-Test: b'] }));
  const { json } = await server.ask(`/me/messages/${id}?$select=internetMessageHeaders,uniqueBody`);
  const headers = json['internetMessageHeaders'] as { name: string; value: string }[];
  expect(headers.filter(({ name }) => name === 'X-Test').map(({ value }) => value)).toEqual(['a', 'b']);
  expect(json['uniqueBody']).toMatchObject({ contentType: 'html' });
  expect(json).not.toHaveProperty('subject');
});

test('bodies are text for who prefers it', async () => {
  await using server = await startGraphServer();
  const id = server.idOf(server.deliver({ headers: ['Content-Type: text/html'], body: '<p>Good <b>day</b></p>' }));
  const headers = { Prefer: 'outlook.body-content-type="text"' };
  const { json, headers: answered } = await server.ask(`/me/messages/${id}?$select=body`, { headers });
  expect(json['body']).toEqual({ contentType: 'text', content: expect.stringMatching(/^Good day\s*$/) });
  expect(answered.get('preference-applied')).toBe('outlook.body-content-type="text"');
});

test('the MIME is what was sent, octet for octet', async () => {
  await using server = await startGraphServer();
  const message = server.deliver({ body: 'ü' });
  const { text, headers } = await server.ask(`/me/messages/${server.idOf(message)}/$value`);
  expect(text).toBe(message.source.toString());
  expect(headers.get('content-type')).toBe('text/plain');
});

test('a list is cut into pages, whose links lead to its end', async () => {
  await using server = await startGraphServer();
  deliverThree(server);
  const first = await server.ask(`${inbox}?$top=2&$select=subject&$count=true&$orderby=receivedDateTime asc`);
  expect(first.json['@odata.count']).toBe(3);
  expect(first.value.map(({ subject }) => subject)).toEqual(['One', 'Two']);
  const second = await server.ask(String(first.json['@odata.nextLink']));
  expect(second.value.map(({ subject }) => subject)).toEqual(['Three']);
  expect(second.json).not.toHaveProperty('@odata.nextLink');
  expect((await server.ask(`${inbox}?$skip=1&$select=subject`)).value).toHaveLength(2);
});

test.describe('what is asked for is found', () => {
  const cases = [
    ["$filter=subject eq 'two'", ['Two']],
    ["$filter=startswith(subject,'T') and not contains(subject,'ree')", ['Two']],
    ["$filter=subject eq 'One' or from/emailAddress/address eq 'three@contoso.com'", ['Three', 'One']],
    ['$filter=receivedDateTime ge 2026-01-01T12:01:00Z', ['Three', 'Two']],
    ['$filter=receivedDateTime gt 2026-01-01T13:01:00%2B01:00&$orderby=receivedDateTime', ['Three']],
    ['$filter=isRead eq false and hasAttachments eq false', ['Three', 'Two', 'One']],
    ["$filter=categories/any(c:c eq 'Red')", []],
    ['$orderby=subject', ['One', 'Three', 'Two']],
    ['$search="subject:two"', ['Two']],
    ['$search="text AND from:three"', ['Three']],
    ['$search="participants:one@contoso.com"', ['One']],
  ] as const;
  for (const [query, subjects] of cases) {
    test(query, async () => {
      await using server = await startGraphServer();
      deliverThree(server);
      const { value } = await server.ask(`${inbox}?${query}`);
      expect(value.map(({ subject }) => subject)).toEqual(subjects);
    });
  }

  test('counting takes a filter too', async () => {
    await using server = await startGraphServer();
    deliverThree(server);
    const { text, headers } = await server.ask(`${inbox}/$count?$filter=subject eq 'One'`);
    expect([text, headers.get('content-type')]).toEqual(['1', 'text/plain']);
    server.store.account('qa@contoso.com').folder('junkemail').add({ source: mail() });
    expect((await server.ask('/me/messages/$count')).text).toBe('4');
  });
});

test.describe('what breaks the rules of OData is refused', () => {
  const cases = [
    ['$filter=subject is 1', 'BadRequest', 'Syntax error at position'],
    ["$filter=subject eq 'one", 'BadRequest', 'Syntax error at position 10'],
    ["$filter=receivedDateTime ge '2026-01-01T00:00:00Z'", 'BadRequest', 'incompatible types'],
    ["$filter=colour eq 'red'", 'BadRequest', "Could not find a property named 'colour'"],
    ["$filter=toRecipients/any(r:r/emailAddress/address eq 'x')", 'ErrorInvalidUrlQueryFilter', 'invalid nodes'],
    ['$filter=isRead eq false&$orderby=receivedDateTime', 'InefficientFilter', 'too complex'],
    ['$orderby=colour', 'BadRequest', "Could not find a property named 'colour'"],
    ['$select=colour', 'BadRequest', "Could not find a property named 'colour'"],
    ['$expand=colour', 'BadRequest', "Could not find a property named 'colour'"],
    ['$top=0', 'BadRequest', "Invalid value '0' for $top"],
    ['$top=1001', 'BadRequest', "Invalid value '1001' for $top"],
    ['$skip=-1', 'BadRequest', "Invalid value '-1' for $skip"],
    ['$colour=red', 'BadRequest', "'$colour' is not supported"],
    ['$search="a"&$filter=isRead eq false', 'SearchWithFilter', "'$filter' is not supported"],
    ['$search="a"&$orderby=subject', 'SearchWithOrderBy', "'$orderBy' is not supported"],
    ['$search="colour:red"', 'BadRequest', "'colour' cannot be searched"],
  ] as const;
  for (const [query, code, message] of cases) {
    test(query, async () => {
      await using server = await startGraphServer();
      const answer = await server.ask(`${inbox}?${query}`);
      expect(answer).toMatchObject({ status: 400, code });
      expect(answer.text).toContain(message);
    });
  }
});

test('extended properties are asked for by their ids, joined by or', async () => {
  await using server = await startGraphServer();
  server.deliver();
  const expand = (filter: string) =>
    server.ask(`GET /me/messages?$expand=singleValueExtendedProperties($filter=${filter})`);
  expect((await expand("id eq 'Integer 0x0E08' or id eq 'Integer 0x0E23'")).status).toBe(200);
  expect((await expand("(id eq 'Integer 0x0E08') or (id eq 'Integer 0x0E23')")).status).toBe(200);
  expect((await expand("id eq 'Integer 0x0E08' and id eq 'Integer 0x0E23'")).status).toBe(400);
  expect((await expand("id eq 'Integer 0x0E08', id eq 'Integer 0x0E23'")).status).toBe(400);
});
