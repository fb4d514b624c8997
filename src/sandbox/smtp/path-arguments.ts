import { reply, type Reply } from './reply.js';

/** What MAIL and RCPT are given: an address, and parameters by their names in upper case. */
export interface PathArguments {
  readonly address: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The part before the at sign may be in quotes, with blanks. */
const syntax = /^(FROM|TO):[ ]?<((?:@[^<>:]*:)?)((?:"(?:[^"\\]|\\.)*"@)?[^<>\s]*)>((?: +\S+)*) *$/i;
const anAddress = /^(?:"(?:[^"\\]|\\.)+"|[^\s@]+)@[^\s@]+$/;

/** Reads `FROM:<address> SIZE=...` (RFC 5321 section 4.1.2); the reply to it, where it can't be read. */
export function readPath(text: string, keyword: 'FROM' | 'TO'): PathArguments | Reply {
  const [, name, , address = '', rest = ''] = syntax.exec(text) ?? [];
  if (name?.toUpperCase() !== keyword) return reply(501, `5.5.4 Invalid arguments - expected ${keyword}:<address>`);
  // The path without an address is that of bounces: they have nobody to go back to.
  const isAddress = anAddress.test(address) || (keyword === 'FROM' && address === '');
  if (!isAddress) return reply(501, `${keyword === 'FROM' ? '5.1.7' : '5.1.3'} Invalid address`);
  const parameters = readParameters(rest, known[keyword]);
  return parameters ? { address, parameters } : reply(501, '5.5.4 Invalid arguments');
}

/** Nothing where one is not known, not right, or there twice. */
function readParameters(text: string, known: Readonly<Record<string, RegExp>>): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const parameter of text.split(' ').filter(Boolean)) {
    const [name = '', ...values] = parameter.split('=');
    const [key, value] = [name.toUpperCase(), values.join('=')];
    if (!known[key]?.test(value) || parameters.has(key)) return undefined;
    parameters.set(key, value);
  }
  return parameters;
}

/** The parameters of RFC 1870, 6152, 3030, 6531, 3461 and 4954, and what each may be. */
const known: Readonly<Record<'FROM' | 'TO', Readonly<Record<string, RegExp>>>> = {
  FROM: {
    SIZE: /^\d{1,20}$/,
    BODY: /^(?:7BIT|8BITMIME|BINARYMIME)$/i,
    SMTPUTF8: /^$/,
    RET: /^(?:FULL|HDRS)$/i,
    ENVID: /^\S{1,100}$/,
    AUTH: /^\S+$/,
  },
  TO: {
    NOTIFY: /^(?:NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2})$/i,
    ORCPT: /^[^;\s]+;\S{1,500}$/,
  },
};
