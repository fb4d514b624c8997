/** What one response message, or a SOAP fault, says about an error. */
export interface ResponseError {
  /** As in https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode */
  readonly code: string;
  /** Exchange's own words. */
  readonly text: string;
  /** How long to stay away, in milliseconds. */
  readonly backOff: number | undefined;
}

const responseMessage = /<(?:[\w.-]+:)?\w+ResponseMessage\b[^>]*?\bResponseClass="(\w+)"/g;

/**
 * The errors of an answer, message by message. Read from the text because the library drops every code
 * that it does not know, and the back-off that goes with a fault.
 */
export function responseErrors(soap: string): ResponseError[] {
  if (!soap.includes('="Error"') && !soap.includes('Fault')) return [];
  const fault = section(soap, 'Fault');
  if (fault !== undefined) return [faultError(fault)];
  const errors: ResponseError[] = [];
  for (const message of soap.matchAll(responseMessage)) {
    if (message[1] !== 'Error') continue;
    const end = soap.indexOf('ResponseMessage>', message.index);
    errors.push(messageError(soap.slice(message.index, end < 0 ? undefined : end)));
  }
  return errors;
}

function messageError(xml: string): ResponseError {
  const values = messageValues(xml);
  const inner = values.get('InnerErrorResponseCode');
  const code = inner === 'ErrorServerBusy' ? inner : (section(xml, 'ResponseCode') ?? 'no response code');
  return { code, text: section(xml, 'MessageText') ?? '', backOff: backOff(values) };
}

/** In a fault the code stands in `detail`; `faultcode` names it too, where a server leaves `detail` out. */
function faultError(xml: string): ResponseError {
  const code = section(xml, 'ResponseCode') ?? section(xml, 'faultcode')?.replace(/^.*:/, '') ?? 'no response code';
  const values = messageValues(xml);
  return { code, text: section(xml, 'faultstring') ?? section(xml, 'Message') ?? '', backOff: backOff(values) };
}

function messageValues(xml: string): Map<string, string> {
  const values = xml.matchAll(/<(?:[\w.-]+:)?Value\b[^>]*\bName="([^"]*)"[^>]*>([^<]*)</g);
  return new Map([...values].map(([, name = '', value = '']) => [name, value.trim()]));
}

function backOff(values: ReadonlyMap<string, string>): number | undefined {
  const milliseconds = Number(values.get('BackOffMilliseconds') ?? NaN);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** The content of the first element of a name, whatever its prefix; as text where it holds no markup. */
function section(xml: string, name: string): string | undefined {
  const content = new RegExp(`<((?:[\\w.-]+:)?)${name}(?:\\s[^>]*)?>([\\s\\S]*?)</\\1${name}\\s*>`).exec(xml)?.[2];
  return content?.includes('<') ? content : content && unescapeXml(content.trim());
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? '');
}
