import { ImapFlow } from 'imapflow';

const soapHead =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body>';
const inbox = '<t:DistinguishedFolderId Id="inbox"/>';

/**
 * What clients ask of a mailbox, over each protocol.
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {string} user
 * @returns {Promise<Record<string, () => Promise<unknown>>>}
 */
export async function questions(sandbox, user) {
  const { store, url } = sandbox;
  const folder = store.account(user).folder('inbox');
  const latest = folder.messages.at(-1);
  const body = new URLSearchParams({
    client_id: 'sandbox',
    client_secret: 'sandbox',
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
  });
  const token = await (await fetch(`${url}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body })).json();
  const graph = async (/** @type {string} */ path) => {
    const headers = { Authorization: `Bearer ${token.access_token}` };
    const response = await fetch(`${url}/v1.0/users/${user}/${path}`, { headers });
    return await taken(response);
  };
  const ews = async (/** @type {string} */ operation) => {
    const headers = { Authorization: `Basic ${btoa(`${user}:secret`)}` };
    const text = `${soapHead}${operation}</s:Body></s:Envelope>`;
    return await taken(await fetch(`${url}/EWS/Exchange.asmx`, { method: 'POST', headers, body: text }));
  };
  const page = (await graph('mailFolders/inbox/messages?$top=1&$select=id&$orderby=receivedDateTime desc')).slice(0);
  const id = JSON.parse(page).value[0].id;
  const imap = (/** @type {(client: ImapFlow) => Promise<unknown>} */ act) => withImap(sandbox, user, act);
  return {
    'Graph, the latest 10': () => graph('mailFolders/inbox/messages?$top=10&$orderby=receivedDateTime desc'),
    'Graph, one by its id': () => graph(`messages/${id}`),
    'Graph, what came after a number': () =>
      graph(
        `mailFolders/inbox/messages?$select=id&$filter=singleValueExtendedProperties/any(ep:ep/id eq 'Integer 0x0e23' and cast(ep/value, Edm.Int32) gt ${folder.uidNext - 2})`,
      ),
    'Graph, the folder': () => graph('mailFolders/inbox'),
    'EWS, the latest 10': () =>
      ews(
        `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/><m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:DateTimeReceived"/></t:FieldOrder></m:SortOrder><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindItem>`,
      ),
    'EWS, one by its id': () =>
      ews(
        `<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${latest?.id}"/></m:ItemIds></m:GetItem>`,
      ),
    'EWS, the first of a synchronisation': () =>
      ews(
        `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>${inbox}</m:SyncFolderId><m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>`,
      ),
    'IMAP, open and fetch the latest': () =>
      imap(async (client) => await client.fetchOne('*', { envelope: true, uid: true })),
    'a delivery': async () =>
      store.deliver({ to: [user.replace('@', '+x@')], source: Buffer.from('Subject: x\r\n\r\n') }),
    'what is in the mailbox, for the page': async () =>
      await taken(await fetch(`${url}/sandbox/messages?mailbox=${user}&limit=10`)),
  };
}

/** @param {Response} response */
async function taken(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 200)}`);
  return text;
}

/**
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {string} user
 * @param {(client: ImapFlow) => Promise<unknown>} act
 */
async function withImap({ imap: { host, port } }, user, act) {
  const auth = { user, pass: 'secret' };
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    return await act(client);
  } finally {
    await client.logout();
  }
}
