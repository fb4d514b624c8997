import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attendToMeetings } from '../../src/sandbox/calendar/calendar-attendant.js';
import { createEwsDoor, type EwsDoor, type EwsDoorOptions } from '../../src/sandbox/ews/door.js';
import { childElements, find, parseXml, textOf, type XmlElement } from '../../src/sandbox/ews/xml.js';
import { noFaults, type Faults } from '../../src/sandbox/faults.js';
import type { AccessGrant } from '../../src/sandbox/identity/tokens/tokens.js';
import { RequestLog } from '../../src/sandbox/requests/request-log.js';
import { MailStore } from '../../src/sandbox/store/store.js';

const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';
const types = 'http://schemas.microsoft.com/exchange/services/2006/types';

/** An HTTP server on loopback with nothing but the EWS door. */
export interface EwsServer extends AsyncDisposable {
  readonly origin: string;
  readonly url: string;
  readonly store: MailStore;
  readonly faults: Faults;
  readonly door: EwsDoor;
  /** Posts the operation's XML inside an envelope, as qa@contoso.com unless the options say otherwise. */
  post(operation: string, options?: PostOptions): Promise<Response>;
  /** As {@link post}; gives what is in the answer's Body. */
  call(operation: string, options?: PostOptions): Promise<XmlElement>;
}

export interface PostOptions {
  readonly authorization?: string | null;
  readonly header?: string;
  /** The RequestServerVersion. @default that of Exchange 2016 */
  readonly version?: string;
  readonly signal?: AbortSignal;
}

export async function startEwsServer(options: EwsDoorOptions = {}): Promise<EwsServer> {
  const [store, faults] = [new MailStore(), noFaults()];
  attendToMeetings(store);
  const door = createEwsDoor(
    { store, faults, tokens: { verify: (token) => grants[token] }, requests: new RequestLog() },
    options,
  );
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    if (door.owns(url.pathname)) void door.handle(request, response, url);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/EWS/Exchange.asmx`;
  const post: EwsServer['post'] = (
    operation,
    { authorization = 'Bearer delegated', header = '', version = latest, signal } = {},
  ) =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=utf-8', ...(authorization && { Authorization: authorization }) },
      body: envelope(operation, version + header),
      ...(signal && { signal }),
    });
  return {
    origin,
    url,
    store,
    faults,
    door,
    post,
    call: async (operation, callOptions) => answerOf(await (await post(operation, callOptions)).text()),
    [Symbol.asyncDispose]: () => {
      door.close();
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export function envelope(operation: string, header = latest): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${messages}" xmlns:t="${types}">` +
    `<s:Header>${header}</s:Header><s:Body>${operation}</s:Body></s:Envelope>`
  );
}

const latest = '<t:RequestServerVersion Version="Exchange2016"/>';

/** What is in an envelope's Body. */
export function answerOf(document: string): XmlElement {
  return childElements(find(parseXml(document), 'Body'))[0]!;
}

/** All descendants with a name, in document order. */
export function all(element: XmlElement, name: string): XmlElement[] {
  const children = element.children.filter((child) => typeof child !== 'string');
  return children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

/** The text of every descendant with a name. */
export function texts(element: XmlElement, name: string): string[] {
  return all(element, name).map((found) => textOf(found));
}

/** The code of every response message, or of the fault. */
export function codes(answer: XmlElement): string[] {
  return texts(answer, 'ResponseCode');
}

export function mail(fields: { subject?: string; to?: string; headers?: string[]; body?: string } = {}): Buffer {
  const { subject = 'Hello', to = 'qa@contoso.com', headers = [], body = 'Good day.' } = fields;
  const lines = ['From: App <app@contoso.com>', `To: ${to}`, `Subject: ${subject}`, 'Message-ID: <1@contoso.com>'];
  return Buffer.from([...lines, ...headers, '', body, ''].join('\r\n'));
}

const grant: AccessGrant = {
  tenant: 'contoso.com',
  clientId: 'tests',
  user: 'qa@contoso.com',
  scopes: ['https://outlook.office365.com/EWS.AccessAsUser.All'],
  roles: [],
  audience: 'https://outlook.office365.com',
  expiresAt: new Date(Date.now() + 3_600_000),
};

const grants: Readonly<Record<string, AccessGrant>> = {
  delegated: grant,
  unscoped: { ...grant, scopes: ['Mail.Read'] },
  app: { ...grant, user: undefined, scopes: [], roles: ['full_access_as_app'] },
};
