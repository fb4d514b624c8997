import type { HeaderField } from '../mime/mime-part.js';
import { absent, type Authentication, type AuthenticationResult } from './authentication.js';
import { parseResults, type RecordedResults } from './parse-results.js';

/** Where Exchange Online takes mail in. It strikes out what others wrote, and records its own, without a name. */
const exchangeOnline = /\.(?:outlook\.com|office365\.com|office365\.us|exchangelabs\.com|partner\.outlook\.cn)$/i;

/** Servers that a message went through last which are looked at. */
const mostHosts = 100;

/** The name of a server whose findings count (its authserv-id), whole; or an expression for it. */
export type TrustedServer = string | RegExp;

/**
 * What the receiver recorded. Anybody may write such a field, so only the outermost one counts, and that only where
 * it bears the name of who took the message in last, or of a server that the caller trusts (RFC 8601 section 7.1).
 */
export async function findAuthentication(
  fields: readonly HeaderField[],
  trusted?: TrustedServer,
): Promise<Authentication> {
  const segments = segmentsOf(fields);
  const all = segments.flatMap(({ recorded }) => recorded);
  if (all.length === 0) return absent('no server recorded any');
  const [outermost] = trusted === undefined ? all : all.filter(({ server }) => isTrusted(server, trusted));
  if (!outermost) return absent(`the servers that recorded any (${namesOf(all)}) are not ${String(trusted)}`);
  const at = segments.findIndex(({ recorded }) => recorded.includes(outermost));
  const above = segments.slice(0, at + 1).flatMap(({ by }) => by ?? []);
  // On top of all, it stands above the field of the server that wrote both.
  const hosts = above.length > 0 ? above : segments.flatMap(({ by }) => by ?? []).slice(0, 1);
  if (trusted === undefined && !(await isReceivers(outermost.server, hosts))) {
    return absent(
      `${namesOf([outermost])} recorded the outermost, below ${hosts.join(', ') || 'nobody'} who took it in`,
    );
  }
  const own = segments[at]!.recorded.filter(({ server }) => server === outermost.server);
  return summarise(
    outermost.server,
    own.flatMap(({ results }) => results),
  );
}

function isTrusted(server: string, trusted: TrustedServer): boolean {
  return typeof trusted === 'string' ? server === trusted.toLowerCase() : new RegExp(trusted).test(server);
}

/** All that took the message in after it was recorded are of the organisation that recorded it. */
async function isReceivers(server: string, hosts: readonly string[]): Promise<boolean> {
  if (hosts.length === 0) return false;
  for (const host of hosts.slice(0, mostHosts)) {
    const isOwn = server === '' ? exchangeOnline.test(host) : await isSameOrganisation(server, host);
    if (!isOwn) return false;
  }
  return true;
}

function namesOf(all: readonly RecordedResults[]): string {
  return [...new Set(all.map(({ server }) => server || 'one without a name'))].slice(0, 10).join(', ');
}

/** What stands between two `Received` fields: one server wrote it, or handed it on. */
interface Segment {
  /** The host that the `Received` field above it names; none for what stands on top. */
  readonly by: string | undefined;
  readonly recorded: RecordedResults[];
}

function segmentsOf(fields: readonly HeaderField[]): Segment[] {
  const segments: Segment[] = [{ by: undefined, recorded: [] }];
  for (const { name, value } of fields) {
    if (name === 'received') segments.push({ by: hostOf(value), recorded: [] });
    if (name === 'authentication-results') segments.at(-1)?.recorded.push(parseResults(value));
  }
  return segments;
}

/** RFC 5321 section 4.4; an address in its place tells nothing. */
function hostOf(received: string): string | undefined {
  const host = /(?:^|\s)by\s+([^\s;()]{1,255})/i.exec(received.slice(0, 2000))?.[1]?.toLowerCase();
  return host !== undefined && /[a-z]/.test(host) && !host.includes(':') ? host : undefined;
}

/** The library, which knows all public suffixes, is loaded where the names alone don't tell. */
async function isSameOrganisation(one: string, other: string): Promise<boolean> {
  if (one === other) return one !== '';
  const { getDomain } = await import('tldts');
  const domain = getDomain(one, { allowPrivateDomains: true });
  return domain !== null && domain === getDomain(other, { allowPrivateDomains: true });
}

function summarise(server: string, results: readonly AuthenticationResult[]): Authentication {
  const of = (method: string): string | undefined => {
    const found = results.filter((result) => result.method === method).map(({ result }) => result);
    return found.includes('pass') ? 'pass' : found[0];
  };
  return { server, spf: of('spf'), dkim: of('dkim'), dmarc: of('dmarc'), arc: of('arc'), results, absence: '' };
}
