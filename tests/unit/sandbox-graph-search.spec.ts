import { expect, test } from '@playwright/test';
import { startGraphServer, type GraphServer } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeAll(async () => {
  server = await startGraphServer();
  server.deliver({ subject: 'Pizza party', from: 'Ann <ann@contoso.com>', receivedAt: at('2026-03-01') });
  server.deliver({ subject: 'Verify your address', body: 'The code is 1234', receivedAt: at('2026-03-02') });
  server.deliver({
    subject: 'Report',
    to: 'qa+news@contoso.com',
    headers: ['Cc: team@contoso.com', 'X-Priority: 1', 'Content-Type: multipart/mixed; boundary=b'],
    body: '--b\r\n\r\nSee below\r\n--b\r\nContent-Disposition: attachment; filename=menu.pdf\r\n\r\nx\r\n--b--',
    receivedAt: at('2026-04-01'),
  });
  server.deliver({ subject: 'Now' });
});
test.afterAll(() => server[Symbol.asyncDispose]());

function at(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

const searches: Readonly<Record<string, readonly string[]>> = {
  pizza: ['Pizza party'],
  PIZZA: ['Pizza party'],
  'par*': ['Pizza party'],
  izza: [],
  'pizza party': ['Pizza party'],
  'party pizza': ['Pizza party'],
  '\\"party pizza\\"': [],
  '\\"pizza party\\"': ['Pizza party'],
  'pizza OR code': ['Verify your address', 'Pizza party'],
  'pizza AND code': [],
  'code NOT pizza': ['Verify your address'],
  '-pizza -code -report': ['Now'],
  '(pizza OR verify) AND from:ann': ['Pizza party'],
  'from:ann@contoso.com': ['Pizza party'],
  'to:qa+news': ['Report'],
  'cc:team': ['Report'],
  'recipients:team@contoso.com': ['Report'],
  'subject:verify': ['Verify your address'],
  'subject:\\"your address\\"': ['Verify your address'],
  'body:1234': ['Verify your address'],
  'attachment:menu': ['Report'],
  'hasAttachment:true': ['Report'],
  'hasAttachments:false verify': ['Verify your address'],
  'importance:high': ['Report'],
  'received:2026-03-01': ['Pizza party'],
  'received:03/02/2026': ['Verify your address'],
  'received>=2026-03-02 received<2026-05-01': ['Report', 'Verify your address'],
  'received:2026-03-01..2026-03-02': ['Verify your address', 'Pizza party'],
  'received:today': ['Now'],
  'received:\\"this week\\"': ['Now'],
  'received<=2026-03-01T12:00:00Z': ['Pizza party'],
  'size>100000': [],
  'kind:email subject:now': ['Now'],
};

for (const [search, subjects] of Object.entries(searches)) {
  test(`$search finds by ${search}`, async () => {
    const reply = await server.ask(`/me/messages?$select=subject&$search=${encodeURIComponent(`"${search}"`)}`);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.value.map(({ subject }) => subject)).toEqual(subjects);
  });
}

for (const path of ['events', 'contacts', 'mailFolders']) {
  test(`$search finds no ${path}`, async () => {
    const reply = await server.ask(`/me/${path}?$search=pizza`);
    expect([reply.status, reply.code]).toEqual([400, 'BadRequest']);
    expect(reply.text).toContain("The query parameter '$search' is not supported.");
  });
}

for (const search of [
  '',
  '(pizza',
  'pizza)',
  'color:red',
  'received:soon',
  'size:big',
  'AND pizza OR',
  `${'('.repeat(99)}a`,
]) {
  test(`$search refuses '${search.slice(0, 20)}'`, async () => {
    const reply = await server.ask(`/me/messages?$search=${encodeURIComponent(`"${search}"`)}`);
    expect([reply.status, reply.code]).toEqual([400, 'BadRequest']);
  });
}
