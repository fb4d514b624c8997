/** Octets that the common file systems give a name, less what a number behind it may take. */
const longestName = 240;

/** Names that are devices on Windows, whatever their extension. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)/i;

/** What is no part of a name on some system, or would show it as another: control and direction characters. */
const unfit = /[\0-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name that a file can have on any system and that leads nowhere else; `otherwise` where nothing is left. */
export function safeFileName(name: string, otherwise: string): string {
  const base = name.slice(-2000).replaceAll('\\', '/').split('/').at(-1) ?? '';
  const fit = base
    .toWellFormed()
    .normalize('NFC')
    .replace(unfit, '')
    .trim()
    .replace(/^(.{0,2000}?)[. ]*$/s, '$1');
  const harmless = fit.replace(device, '_$&');
  return shorten(harmless) || otherwise;
}

/** Cuts the name, not its extension. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name;
  const [extension = ''] = /\.[^.]{1,20}$/.exec(name) ?? [];
  const characters = Array.from(name.slice(0, name.length - extension.length));
  let size = Buffer.byteLength(extension);
  let count = 0;
  for (const character of characters) {
    size += Buffer.byteLength(character);
    if (size > longestName) break;
    count++;
  }
  return characters.slice(0, count).join('') + extension;
}
