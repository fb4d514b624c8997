import { responseMessages } from './read-items.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

/** What one response message, or a SOAP fault, says about an error. */
export interface ResponseError {
  /** As in https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode */
  readonly code: string;
  /** Exchange's own words. */
  readonly text: string;
  /** How long to stay away, in milliseconds. */
  readonly backOff: number | undefined;
}

/**
 * The errors of an answer, message by message. Read here because the library drops every code that it does
 * not know, and the back-off that goes with a fault.
 */
export function responseErrors(envelope: XmlElement): ResponseError[] {
  return [faultOf(envelope) ?? responseMessages(envelope).map(messageError)]
    .flat()
    .filter((error) => error !== undefined);
}

/** The error of an answer as a whole. */
export function faultOf(envelope: XmlElement): ResponseError | undefined {
  const element = find(envelope, 'Body', 'Fault');
  return element && faultError(element);
}

/** The error of one response message. */
export function messageError(message: XmlElement): ResponseError | undefined {
  if (message.attributes.ResponseClass !== 'Error') return undefined;
  const values = messageValues(message);
  const inner = values.get('InnerErrorResponseCode');
  const code = inner === 'ErrorServerBusy' ? inner : trimmedAt(message, 'ResponseCode');
  return { code: code || noCode, text: trimmedAt(message, 'MessageText') ?? '', backOff: backOff(values) };
}

/** In a fault the code stands in `detail`; `faultcode` names it too, where a server leaves `detail` out. */
function faultError(fault: XmlElement): ResponseError {
  const detail = find(fault, 'detail') ?? find(fault, 'Detail');
  const code = trimmedAt(detail, 'ResponseCode') ?? trimmedAt(fault, 'faultcode')?.replace(/^.*:/, '');
  const text = trimmedAt(fault, 'faultstring') ?? trimmedAt(detail, 'Message') ?? '';
  return { code: code || noCode, text, backOff: backOff(messageValues(detail)) };
}

const noCode = 'no response code';

function messageValues(parent: XmlElement | undefined): Map<string, string> {
  const values = find(parent, 'MessageXml')?.children.filter(({ name }) => name === 'Value') ?? [];
  return new Map(values.map(({ attributes, text }) => [attributes.Name ?? '', text.trim()]));
}

function backOff(values: ReadonlyMap<string, string>): number | undefined {
  const milliseconds = Number(values.get('BackOffMilliseconds') ?? NaN);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

function trimmedAt(parent: XmlElement | undefined, name: string): string | undefined {
  return textAt(parent, name)?.trim();
}
