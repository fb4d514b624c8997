import { readFileSync, readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';

/**
 * A mail as an application sends it, and what a reader finds in it.
 * @typedef {object} CorpusMail
 * @property {string} kind
 * @property {string} language
 * @property {string} subject
 * @property {string} [text]
 * @property {string} [html]
 * @property {string} [source] instead of both: the mail as it is on the wire, one octet a character
 * @property {string} [code] the code
 * @property {readonly string[]} [error] instead: the codes that are equally good; none where there is no code
 * @property {readonly { href: string, text: string, wrapped?: string }[]} [links] all of them
 * @property {string | null} [link] where the one to a page leads; null where there are several
 */

/**
 * What a message has to offer.
 * @typedef {object} FoundIn
 * @property {readonly object[]} links
 * @property {() => string} code
 * @property {() => { href: string }} link
 */

/** @returns {(CorpusMail & { name: string })[]} */
export function readCorpus() {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => {
      /** @type {(Omit<CorpusMail, 'language'> & { language?: string })[]} */
      const mails = parse(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'));
      const name = file.replace('.yaml', '');
      const [, language = 'en'] = /^codes-([a-z]{2})$/.exec(name) ?? [];
      return mails.map((mail, index) => ({ language, ...mail, name: `${name} ${index + 1}, ${mail.subject}` }));
    });
}

/**
 * @param {string} source
 * @returns {Buffer}
 */
export function toWire(source) {
  const lines = source.replaceAll('\n', '\r\n');
  return Buffer.from(lines, /[^\0-\xff]/.test(lines) ? 'utf8' : 'latin1');
}

/**
 * What of a message is not as a reader finds it.
 * @param {FoundIn} message
 * @param {CorpusMail} wanted
 * @returns {string[]}
 */
export function faultsOf(message, wanted) {
  const faults = [];
  if (wanted.links) faults.push(...difference('links', message.links, wanted.links));
  if (wanted.link !== undefined)
    faults.push(
      ...difference(
        'link()',
        attempt(() => message.link().href),
        wanted.link,
      ),
    );
  if (wanted.code !== undefined)
    faults.push(
      ...difference(
        'code()',
        attempt(() => message.code()),
        wanted.code,
      ),
    );
  if (wanted.error) faults.push(...errorFaults(message, wanted.error));
  return faults;
}

/**
 * @param {FoundIn} message
 * @param {readonly string[]} codes
 * @returns {string[]}
 */
function errorFaults(message, codes) {
  try {
    return [`code() is ${message.code()}; it should fail`];
  } catch (error) {
    const said = codes.length > 0 ? [`${codes.length} that are equally good`, ...codes] : ['it has none'];
    return said
      .filter((text) => !String(error).includes(text))
      .map((text) => `the error does not say ${text}: ${String(error)}`);
  }
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} wanted
 */
function difference(what, found, wanted) {
  if (isDeepStrictEqual(found, wanted)) return [];
  return [`${what} is ${JSON.stringify(found)}; it should be ${JSON.stringify(wanted)}`];
}

/** @param {() => string} find */
function attempt(find) {
  try {
    return find();
  } catch {
    return null;
  }
}
