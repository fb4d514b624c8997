type Unwrap = (url: URL) => string | undefined;

const parameter =
  (...names: string[]): Unwrap =>
  ({ searchParams }) =>
    names.map((name) => searchParams.get(name)).find((value) => value !== null) ?? undefined;

/**
 * The mail scanners that put an address of their own in place of a link's, and keep the link's in it, by their hosts.
 * Others (Mimecast's `/s/`) keep it to themselves; those that count clicks for the sender are part of the mail.
 */
const wrappers: readonly (readonly [host: RegExp, unwrap: Unwrap])[] = [
  [/(?:^|\.)safelinks\.protection\.(?:outlook\.com|office365\.us|apps\.mil|partner\.outlook\.cn)$/, parameter('url')],
  [/^statics\.teams\.cdn\.office\.net$/, parameter('url')],
  [/^urldefense\.(?:proofpoint\.)?(?:com|us)$/, unwrapProofpoint],
  [/(?:^|\.)mimecast(?:protect)?\.com$/, parameter('url', 'u')],
  [/(?:^|\.)linkprotect\.cudasvc\.com$/, parameter('a')],
  [/^secure-web\.cisco\.com$/, ({ pathname }) => decode(pathname.split('/').at(-1) ?? '')],
  [/[.-]ctp\.trendmicro\.com$/, parameter('url')],
  [/^protect\d*\.fireeye\.com$/, parameter('u')],
  [/^clicktime\.symantec\.com$/, parameter('u')],
  [/^scanmail\.trustwave\.com$/, parameter('u')],
  [/^urlsand\.esvalabs\.com$/, parameter('u')],
  [/\.protection\.sophos\.com$/, (url) => fromBase64(parameter('u')(url) ?? '')],
  [/^(?:url\.avanan\.click|protect\.checkpoint\.com)$/, ({ href }) => /___(.*?)___/.exec(href)?.[1]],
  [/^www\.google\.com$/, (url) => (url.pathname === '/url' ? parameter('q', 'url')(url) : undefined)],
];

/** Scanners wrap each other's addresses; more often than this nobody does. */
const maximalLayers = 5;

/** The address within those of mail scanners; the same where there is none. */
export function unwrapAddress(address: string): string {
  let unwrapped = address;
  for (let layer = 0; layer < maximalLayers; layer++) {
    const inner = unwrapOnce(unwrapped);
    if (inner === undefined) break;
    unwrapped = inner;
  }
  return unwrapped;
}

function unwrapOnce(address: string): string | undefined {
  if (!isWebAddress(address)) return undefined;
  const url = new URL(address);
  const [, unwrap] = wrappers.find(([host]) => host.test(url.hostname)) ?? [];
  const inner = unwrap?.(url);
  return inner !== undefined && isWebAddress(inner) ? inner : undefined;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** URL Defense, versions 1 to 3, as Proofpoint's own decoder reads them. */
function unwrapProofpoint(url: URL): string | undefined {
  const inner = parameter('u')(url);
  if (url.pathname.startsWith('/v1/')) return inner;
  if (url.pathname.startsWith('/v2/')) return decode((inner ?? '').replaceAll('-', '%').replaceAll('_', '/'));
  const [, address, replaced] = /\/v3\/__(.*?)__;([\w-]*)!/s.exec(url.href) ?? [];
  return address === undefined ? undefined : restoreCharacters(address, fromBase64(replaced ?? '') ?? '');
}

const runLengths = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A star stands for the next character that was replaced; two and a letter for as many, from two on, as it counts. */
function restoreCharacters(address: string, replaced: string): string | undefined {
  const characters = Array.from(replaced);
  let used = 0;
  const restored = address.replace(/^(https?:\/)(?!\/)/, '$1/').replace(/\*(?:\*([\w-]))?/g, (_, run?: string) => {
    const start = used;
    used += run === undefined ? 1 : runLengths.indexOf(run) + 2;
    return characters.slice(start, used).join('');
  });
  return used > characters.length ? undefined : restored;
}

function fromBase64(text: string): string | undefined {
  return Buffer.from(text, 'base64url').toString('utf8');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
