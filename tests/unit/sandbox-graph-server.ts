import { createCertificate } from '../../src/sandbox/server/certificate.js';
import { noFaults, type Faults } from '../../src/sandbox/faults.js';
import { attendToMeetings } from '../../src/sandbox/calendar/calendar-attendant.js';
import { createGraphDoor } from '../../src/sandbox/graph/graph-door.js';
import { openHttpServer } from '../../src/sandbox/server/http-server.js';
import { RequestLog } from '../../src/sandbox/requests/request-log.js';
import type { AccessGrant } from '../../src/sandbox/identity/tokens/tokens.js';
import { MailStore, type StoredMessage } from '../../src/sandbox/store/store.js';

export type Json = Record<string, unknown>;

export interface GraphReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly json: Json;
  /** The rows of a list. */
  readonly value: Json[];
  /** The code of an error. */
  readonly code: unknown;
}

export interface AskOptions {
  /** One of {@link grants}; nothing for a request without a token. @default 'user' */
  readonly token?: string | null;
  /** An object is sent as JSON, a text as text/plain. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on loopback with nothing but the Graph door. */
export interface GraphServer extends AsyncDisposable {
  readonly origin: string;
  readonly store: MailStore;
  readonly faults: Faults;
  /** Has the server lose all subscriptions. */
  forgetSubscriptions(): void;
  /** `ask('GET /me/messages')`, or a link that an answer gave. */
  ask(what: string, options?: AskOptions): Promise<GraphReply>;
  /** Puts a mail into the inbox of qa@contoso.com. */
  deliver(mail?: MailFields): StoredMessage;
  /** The id that Graph knows a message by. */
  idOf(message: StoredMessage): string;
}

export interface MailFields {
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly receivedAt?: Date;
}

export async function startGraphServer(): Promise<GraphServer> {
  const [store, faults] = [new MailStore(), noFaults()];
  attendToMeetings(store);
  const requests = new RequestLog();
  const tokens = { verify: (token: string) => grants[token] };
  const door = createGraphDoor({ store, faults, requests, tokens }, { intervals: [10] });
  const listener = await openHttpServer([door], { port: 0, certificate: createCertificate() });
  const origin = `http://127.0.0.1:${listener.port}`;
  return {
    origin,
    store,
    faults,
    forgetSubscriptions: () => door.forgetSubscriptions(),
    ask: (what, options = {}) => ask(origin, what, options),
    deliver: ({ receivedAt = new Date(), ...fields } = {}) =>
      store.deliver({ to: [fields.to ?? 'qa@contoso.com'], source: mail(fields), receivedAt })[0]!,
    idOf: ({ id }) => `AAMk${id.replaceAll('+', '-').replaceAll('/', '_')}`,
    async [Symbol.asyncDispose]() {
      door.close();
      await listener.close();
    },
  };
}

export function mail(fields: MailFields = {}): Buffer {
  const { subject = 'Hello', from = 'App <app@contoso.com>', to = 'qa@contoso.com', headers = [], body } = fields;
  const lines = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, 'Message-ID: <1@contoso.com>', ...headers];
  return Buffer.from([...lines, '', body ?? 'Good day.', ''].join('\r\n'));
}

/** A recipient as Graph writes it. */
export function recipient(address: string): object {
  return { emailAddress: { address } };
}

/** The subjects in a folder of qa@contoso.com, or of somebody else. */
export async function subjectsIn(server: GraphServer, folder: string, address = 'qa@contoso.com'): Promise<unknown[]> {
  const path = `/users/${address}/mailFolders/${folder}/messages?$select=subject&$orderby=receivedDateTime`;
  const { value } = await server.ask(path, { token: 'app' });
  return value.map(({ subject }) => subject);
}

async function ask(origin: string, what: string, options: AskOptions): Promise<GraphReply> {
  const [, method = 'GET', target = what] = /^([A-Z]+) (.*)$/s.exec(what) ?? [];
  const url = target.startsWith('http') ? target : `${origin}${target.startsWith('/beta/') ? '' : '/v1.0'}${target}`;
  const response = await fetch(url, { method, ...requestOf(options) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const json = (isJson ? JSON.parse(text) : {}) as Json;
  const error = json['error'] as Json | undefined;
  const value = (json['value'] ?? []) as Json[];
  return { status: response.status, headers: response.headers, text, json, value, code: error?.['code'] };
}

function requestOf({ token = 'user', body, headers = {} }: AskOptions): RequestInit {
  const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
  if (body === undefined) return { headers: { ...authorization, ...headers } };
  const isText = typeof body === 'string';
  return {
    headers: { ...authorization, 'Content-Type': isText ? 'text/plain' : 'application/json', ...headers },
    body: isText ? body : JSON.stringify(body),
  };
}

const user: AccessGrant = {
  tenant: 'contoso.com',
  clientId: 'tests',
  user: 'qa@contoso.com',
  scopes: [
    'User.Read',
    'Mail.ReadWrite',
    'Mail.Send',
    'MailboxSettings.ReadWrite',
    'Calendars.ReadWrite',
    'Contacts.ReadWrite',
  ],
  roles: [],
  audience: 'https://graph.microsoft.com',
  expiresAt: new Date(Date.now() + 3_600_000),
};

/** What tokens stand for, by the token. */
const grants: Readonly<Record<string, AccessGrant>> = {
  user,
  /** Ends in the moment after the next. */
  get brief() {
    return { ...user, expiresAt: new Date(Date.now() + 200) };
  },
  ann: { ...user, user: 'ann@contoso.com' },
  reader: { ...user, scopes: ['Mail.Read'] },
  sender: { ...user, scopes: ['Mail.Send'] },
  shared: { ...user, scopes: ['Mail.ReadWrite.Shared', 'Mail.Send.Shared'] },
  app: {
    ...user,
    user: undefined,
    scopes: [],
    roles: ['Mail.ReadWrite', 'Mail.Send', 'MailboxSettings.ReadWrite', 'Calendars.ReadWrite', 'User.Read.All'],
  },
  'app.reader': { ...user, user: undefined, scopes: [], roles: ['Mail.Read'] },
  outlook: { ...user, audience: 'https://outlook.office365.com' },
};
