import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { autodiscoverEws, type AutodiscoverOptions } from '../../src/mail/ews/autodiscover/autodiscover-ews.js';
import type { HttpClient } from '../../src/network/http.js';
import { serveHttp, type LocalServer } from './network-servers.js';

export const ewsUrl = 'https://mail.contoso.com/EWS/Exchange.asmx';
export const password = { type: 'basic', username: 'q&a@contoso.com', password: 'secret' } as const;

/** What was asked: method, path, and the scheme of the credentials that came with it. */
export type Asked = readonly [method: string, path: string, scheme: string];

export interface AutodiscoverServer extends LocalServer {
  readonly asked: Asked[];
  readonly bodies: string[];
}

/** A server that answers below paths, by their last segment in lower case: `autodiscover.svc`. Others get 404. */
export async function serveAutodiscover(
  answers: Readonly<Record<string, RequestListener>>,
): Promise<AutodiscoverServer> {
  const asked: Asked[] = [];
  const bodies: string[] = [];
  const server = await serveHttp(async (request, response) => {
    asked.push([request.method ?? '', request.url ?? '', schemeOf(request)]);
    bodies.push(await text(request));
    const name = /^.*\/([^/?]*)/.exec(request.url?.toLowerCase() ?? '')?.[1] ?? '';
    const answer = answers[name];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  return Object.assign(server, { asked, bodies });
}

/** Wants a password, as Exchange does. */
export function signedIn(
  answer: RequestListener,
  challenge: readonly string[] = ['Negotiate', 'NTLM', 'Basic realm="x, y"'],
): RequestListener {
  const expected = `Basic ${Buffer.from(`${password.username}:${password.password}`).toString('base64')}`;
  return (request, response) => {
    if (request.headers.authorization === expected) return answer(request, response);
    response.writeHead(401, { 'WWW-Authenticate': [...challenge] }).end();
  };
}

export function json(answer: unknown, status = 200): RequestListener {
  return (_, response) => response.writeHead(status).end(JSON.stringify(answer));
}

export function xml(body: string): RequestListener {
  return (_, response) => response.writeHead(200, { 'Content-Type': 'text/xml' }).end(body);
}

export function movedTo(location: string): RequestListener {
  return (_, response) => response.writeHead(302, { location }).end();
}

/** The example of [MS-OXWSADISC] section 4.1, with prefixes as another server may choose them. */
export function soapUser(content: string): RequestListener {
  return xml(
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      '<x:GetUserSettingsResponseMessage xmlns:x="http://schemas.microsoft.com/exchange/2010/Autodiscover"><x:Response>' +
      `<x:ErrorCode>NoError</x:ErrorCode><x:ErrorMessage/><x:UserResponses><x:UserResponse>${content}` +
      '</x:UserResponse></x:UserResponses></x:Response></x:GetUserSettingsResponseMessage></s:Body></s:Envelope>',
  );
}

export function soapSettings(values: Readonly<Record<string, string>>): RequestListener {
  const settings = Object.entries(values).map(
    ([name, value]) => `<x:UserSetting><x:Name>${name}</x:Name><x:Value>${value}</x:Value></x:UserSetting>`,
  );
  return soapUser(`<x:ErrorCode>NoError</x:ErrorCode><x:UserSettings>${settings.join('')}</x:UserSettings>`);
}

/** As in [MS-OXDSCLI] section 4. */
export function poxResponse(content: string): RequestListener {
  return xml(
    '<?xml version="1.0" encoding="utf-8"?>' +
      '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">' +
      `<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">${content}</Response></Autodiscover>`,
  );
}

/** Asks these servers, and no others, with a password. */
export function discover(
  http: HttpClient,
  hosts: readonly string[],
  options: Partial<AutodiscoverOptions> = {},
): Promise<string> {
  return autodiscoverEws({
    address: 'q&a@contoso.com',
    http,
    hosts: () => hosts,
    credentials: password,
    mayBeAsked: () => true,
    mayReceive: () => true,
    ...options,
  });
}

function schemeOf({ headers }: IncomingMessage): string {
  return headers.authorization?.split(' ')[0] ?? '';
}
