import { distance } from '../../input/distance.js';

/** How many characters may differ, and how many the part before the @ has at least for that to tell anything. */
const mistake = { most: 2, least: 6 };

/**
 * What is wrong with an address where another was meant, in words; nothing where it is that one, or may as well be
 * somebody else's.
 */
export function nearMiss(address: string, meant: string): string | undefined {
  const [written, wanted] = [partsOf(address), partsOf(meant)];
  if (written.domain !== wanted.domain && written.local === wanted.local) {
    return `the domain is ${written.domain}, not ${wanted.domain}`;
  }
  if (written.local === wanted.local) return undefined;
  if (wanted.local.includes('+') && bare(written.local) === bare(wanted.local)) {
    return 'the + was lost: encode the address where it goes into a URL or a form (encodeURIComponent)';
  }
  const isNear = wanted.local.length >= mistake.least && distance(whole(written), whole(wanted)) <= mistake.most;
  return isNear ? `is it mistyped? The address is ${meant}` : undefined;
}

interface Parts {
  readonly local: string;
  readonly domain: string;
}

/** An address has 320 characters at most; what is longer is none. */
function partsOf(address: string): Parts {
  const text = address.slice(0, 320).trim().toLowerCase();
  const at = text.lastIndexOf('@');
  return { local: text.slice(0, at), domain: text.slice(at + 1) };
}

function whole({ local, domain }: Parts): string {
  return `${local}@${domain}`;
}

/** What is left of it where signs are lost or encoded. */
function bare(local: string): string {
  return local.replaceAll('%2b', '').replace(/[^\p{L}\p{N}]/gu, '');
}
