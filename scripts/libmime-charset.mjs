// In the place of libmime's own `charset.js`, which makes all kinds of codecs as soon as it is loaded: encoded words are
// read as bodies are, and what nothing here asks for is not there.
import { decodeText } from '../src/mail/message/mime/decode-text.js';

/** @param {string} charset */
export const normalizeCharset = (charset) => charset.toLowerCase();

/** @param {Buffer} octets @param {string} [charset] */
export const decode = (octets, charset = 'utf-8') => decodeText(octets, charset);

/** @type {undefined} */
export const convert = undefined;

/** @type {undefined} */
export const createDecodeStream = undefined;
