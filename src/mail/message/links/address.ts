/** Those lead nowhere that a mail client would follow. */
const deadSchemes = /^(?:javascript|vbscript|data):/i;
const scheme = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Where an `href` leads, read as the URL standard says: white space around it and line breaks within it
 * are none of it, and a relative one starts from the base. None for a place in the mail itself, or a script.
 */
export function resolveAddress(href: string, base: string | undefined): string | undefined {
  const address = href.replace(/[\t\n\r]/g, '').replace(/^[\0- ]+|[\0- ]+$/g, '');
  if (address === '' || address.startsWith('#') || deadSchemes.test(address)) return undefined;
  if (scheme.test(address)) return /^https?:(?!\/\/)/i.test(address) ? parse(address, undefined) : address;
  if (base !== undefined && URL.canParse(base)) return parse(address, base);
  return address.startsWith('//') ? `https:${address}` : address;
}

function parse(address: string, base: string | undefined): string {
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}
