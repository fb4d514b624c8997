import { parseJsonWebToken } from '../identity/tokens/json-web-token.js';

/** What stands for a secret. */
const mask = '***';

/** Fields of forms, queries and JSON whose values nobody is to see. */
const names = [
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code_verifier',
  'device_code',
  'flowToken',
  'id_token',
  'nonce',
  'otc',
  'passwd',
  'password',
  'refresh_token',
  'state',
  'user_code',
].join('|');

/** An error has a code too in JSON: there it is no secret. */
const formNames = `${names}|code`;

/** A JSON Web Token, wherever it stands. */
const webToken = /\beyJ[\w-]{10,}\.[\w-]*(?:\.[\w-]*)?/g;

const rules: readonly ((text: string) => string)[] = [
  (text) =>
    text.replace(
      /^((?:proxy-)?authorization: *)(\S+) *(.*)$/gim,
      (_, name, scheme, rest) => name + credentials(scheme, rest),
    ),
  (text) =>
    text.replace(/^((?:set-)?cookie: *)(.*)$/gim, (_, name, pairs) => name + pairs.replace(/=[^;]*/g, `=${mask}`)),
  (text) => text.replace(new RegExp(`("(?:${names})"\\s*:\\s*")[^"]*`, 'gi'), `$1${mask}`),
  (text) => text.replace(new RegExp(`((?:^|[?&#\\s])(?:${formNames})=)[^&#\\s"'<]*`, 'gim'), `$1${mask}`),
  (text) => text.replace(new RegExp(`(\\bname="(?:${formNames})"[^<>]{0,200}\\bvalue=")[^"]*`, 'gi'), `$1${mask}`),
  (text) => text.replace(webToken, mask),
];

/**
 * A text of a protocol without the secrets in it: tokens, passwords, codes. It may break off anywhere, so it is not parsed.
 */
export function maskSecrets(text: string): string {
  return rules.reduce((masked, rule) => rule(masked), text);
}

/** `Authorization` without what proves anything: whose password it was, and what a token is good for, can be seen. */
function credentials(scheme: string, rest: string): string {
  const about = /^bearer$/i.test(scheme) ? aboutToken(rest) : /^basic$/i.test(scheme) ? aboutPassword(rest) : '';
  return `${scheme} ${mask}${about && ` (${about})`}`;
}

function aboutPassword(base64: string): string {
  const [user, password] = Buffer.from(base64, 'base64').toString().split(':');
  return password === undefined ? '' : `of ${user}`;
}

function aboutToken(token: string): string {
  const claims = parseJsonWebToken(token)?.claims ?? {};
  const shown = ['aud', 'upn', 'appid', 'scp', 'roles'].filter((name) => claims[name] !== undefined);
  return shown.map((name) => `${name} ${[claims[name]].flat().join(' ').slice(0, 200)}`).join(', ');
}
