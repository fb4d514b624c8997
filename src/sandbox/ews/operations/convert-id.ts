import { answerEach } from '../soap.js';
import { listedIds, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { idOctets } from '../ids.js';
import { xml } from '../xml.js';

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** Writes ids in another format; here an id is the same octets in each. */
export const convertId: Operation = (request) => {
  const format = request.attributes['DestinationFormat'] ?? '';
  const encode = Object.hasOwn(encodings, format) ? encodings[format] : undefined;
  if (!encode) throw schemaViolation("The 'DestinationFormat' attribute is invalid.");
  return answerEach('ConvertId', listedIds(request, 'SourceIds'), ({ attributes }) => {
    const { Format = '', Id = '', Mailbox = '' } = attributes;
    const octets = idOctets((Object.hasOwn(decodings, Format) ? decodings[Format]! : String)(Id));
    if (!octets) throw new EwsError('ErrorInvalidIdMalformed');
    const type = { 'xmlns:xsi': schemaInstance, 'xsi:type': 't:AlternateIdType' };
    return xml('m:AlternateId', { ...type, Format: format, Id: encode(octets), Mailbox });
  });
};

const base64 = (octets: Buffer) => octets.toString('base64');

const encodings: Readonly<Record<string, (octets: Buffer) => string>> = {
  EwsLegacyId: base64,
  EwsId: base64,
  EntryId: base64,
  HexEntryId: (octets) => octets.toString('hex').toUpperCase(),
  StoreId: base64,
  OwaId: (octets) => encodeURIComponent(base64(octets)),
};

const decodings: Readonly<Record<string, (id: string) => string>> = {
  HexEntryId: (id) => Buffer.from(id, 'hex').toString('base64'),
  OwaId: (id) => id.replace(/%[0-9a-f]{2}/gi, decodeURIComponent),
};
