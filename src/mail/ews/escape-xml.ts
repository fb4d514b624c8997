import { ExchangeError } from '../../errors.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What is not a `Char` of XML 1.0 (section 2.2): no reference can carry it either. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Text as XML content or attribute. The library escapes nothing, so every text of ours goes through here.
 *
 * @throws CONFIGURATION where a character cannot be in XML at all
 */
export function escapeXml(text: string): string {
  const found = forbidden.exec(text);
  if (found) {
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new ExchangeError(
      'CONFIGURATION',
      `${JSON.stringify(text)} holds the character U+${code}, which EWS cannot carry`,
    );
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
