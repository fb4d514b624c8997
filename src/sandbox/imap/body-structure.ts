import { envelope } from './envelope.js';
import { list, nstring, string } from './format.js';
import type { ParameterisedValue } from '../message/mime/mime-header.js';
import type { MimePart } from '../message/mime/mime-part.js';

/** A message's BODYSTRUCTURE, or without the extension data its BODY (RFC 3501 section 7.4.2). */
export function bodyStructure(part: MimePart, extended: boolean): string {
  return part.isMultipart ? multipart(part, extended) : single(part, extended);
}

function multipart(part: MimePart, extended: boolean): string {
  const { value, parameters } = part.contentType;
  const parts = part.parts.map((each) => bodyStructure(each, extended)).join('');
  const subtype = string(value.slice('multipart/'.length));
  return list([parts, subtype, ...(extended ? [parameterList(parameters), ...commonExtension(part)] : [])]);
}

function single(part: MimePart, extended: boolean): string {
  const { header, contentType, body } = part;
  const [type = '', subtype = ''] = contentType.value.split('/');
  return list([
    string(type),
    string(subtype),
    parameterList(contentType.parameters),
    nstring(header.value('content-id')),
    nstring(header.value('content-description')),
    string(header.value('content-transfer-encoding')?.toLowerCase() || '7bit'),
    `${body.length}`,
    ...embedded(part.message, extended),
    ...(type === 'text' || part.message ? [`${countLines(body)}`] : []),
    ...(extended ? [nstring(header.value('content-md5')), ...commonExtension(part)] : []),
  ]);
}

function embedded(message: MimePart | undefined, extended: boolean): string[] {
  return message ? [envelope(message.header), bodyStructure(message, extended)] : [];
}

/** Disposition, language, location. */
function commonExtension({ header }: MimePart): string[] {
  const disposition = header.parameterised('content-disposition');
  const languages = header
    .value('content-language')
    ?.split(',')
    .map((each) => each.trim());
  return [
    disposition ? list([string(disposition.value), parameterList(disposition.parameters)]) : 'NIL',
    languages ? list(languages.map(string)) : 'NIL',
    nstring(header.value('content-location')),
  ];
}

function parameterList(parameters: ParameterisedValue['parameters']): string {
  return parameters.length > 0 ? list(parameters.flat().map(string)) : 'NIL';
}

function countLines(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
