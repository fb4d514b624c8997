import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { refuse } from '../../../input/refuse.js';
import { unknownFields } from '../../../input/unknown-fields.js';

export interface OpenOptions {
  /**
   * Loads images, styles, fonts, sound and video from the network, as a mail client does once told to: `true` from
   * every public host; a list from the hosts that it names (`'img.contoso.com'`, `'localhost:3000'`), those of this
   * machine and of private networks among them, and from no other. They are asked without the browser's cookies,
   * credentials and referrer. @default false
   */
  readonly remoteContent?: boolean | readonly string[];
}

/** @throws CONFIGURATION with all that is wrong with what `open` was given, before anything is tried */
export function checkOpen(page: unknown, options: unknown): void {
  const isPage = typeof (page as { goto?: unknown } | undefined)?.goto === 'function';
  refuse('The arguments of open(page, options) are not usable.', [
    ...(isPage ? [] : [`page must be a Playwright Page, not ${kindOf(page)}`]),
    ...(isClosed(page) ? ['page must be open: it was closed'] : []),
    ...(isPlainObject(options) ? optionFaults(options) : [`options must be an object, not ${kindOf(options)}`]),
  ]);
}

function isClosed(page: unknown): boolean {
  return (page as { isClosed?: () => boolean } | undefined)?.isClosed?.() === true;
}

/** Whether something is the name of a host, or its address, with or without a port. */
export function isHost(host: unknown): host is string {
  return typeof host === 'string' && /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
}

function optionFaults(options: Readonly<Record<string, unknown>>): string[] {
  const { remoteContent } = options;
  const isSwitch = remoteContent === undefined || typeof remoteContent === 'boolean';
  return [
    ...unknownFields(options, { of: 'the options', known: ['remoteContent'] }),
    ...(isSwitch || Array.isArray(remoteContent)
      ? []
      : [`remoteContent must be true, false or a list of hosts, not ${kindOf(remoteContent)}`]),
    ...(Array.isArray(remoteContent) ? remoteContent.flatMap(hostFault) : []),
  ];
}

function hostFault(host: unknown, index: number): string[] {
  if (isHost(host)) return [];
  const found = typeof host === 'string' ? JSON.stringify(host.slice(0, 100)) : kindOf(host);
  return [`remoteContent[${index}] must be a host, as 'img.contoso.com' or 'localhost:3000', not ${found}`];
}
