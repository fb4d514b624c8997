import { statSync } from 'node:fs';
import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { textFault } from '../../../input/text-fault.js';
import { unknownFields } from '../../../input/unknown-fields.js';

/** Octets of a message: https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits */
const largest = 150 * 1024 * 1024;

const known = ['filename', 'content', 'path', 'contentType', 'contentId'];

/** RFC 2045 section 5.1, with parameters. */
const contentTypeForm = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/;
/** RFC 2392, without its angle brackets. */
const contentIdForm = /^[\x21-\x3b\x3d\x3f-\x7e]+$/;

/** All that is wrong with attachments; files that can't be attached are among it. */
export function attachmentFaults(value: unknown): string[] {
  if (!Array.isArray(value)) return [`attachments must be a list, [{ filename, content }], not ${kindOf(value)}`];
  const attachments = Array.from(value as unknown[]);
  const faults = attachments.flatMap((attachment, index) =>
    faultsOf(attachment).map((fault) => `attachments[${index}]: ${fault}`),
  );
  return faults.length > 0 ? faults : sizeFaults(attachments as Described[]);
}

interface Described {
  readonly content?: string | Uint8Array;
  readonly path?: string;
}

function faultsOf(attachment: unknown): string[] {
  if (!isPlainObject(attachment)) {
    return [`must be { filename, content } or { filename, path }, not ${kindOf(attachment)}`];
  }
  const { filename, contentType, contentId } = attachment;
  const faults = [
    named('filename', textFault(filename, { longest: 255 })),
    contentType === undefined ? undefined : formFault('contentType', contentType, contentTypeForm, 'application/pdf'),
    contentId === undefined ? undefined : formFault('contentId', contentId, contentIdForm, 'logo@contoso.com'),
    contentFault(attachment),
  ];
  return [
    ...unknownFields(attachment, { of: 'an attachment', known }),
    ...faults.filter((fault) => fault !== undefined),
  ];
}

function formFault(name: string, value: unknown, form: RegExp, example: string): string | undefined {
  const fault = textFault(value, { longest: 500 });
  if (fault) return `${name} ${fault}`;
  return form.test(value as string) ? undefined : `${name} must be like '${example}'`;
}

function contentFault({ content, path }: Readonly<Record<string, unknown>>): string | undefined {
  if ((content === undefined) === (path === undefined)) return 'needs either content or path';
  if (path !== undefined)
    return typeof path === 'string' ? fileFault(path) : `path must be a text, not ${kindOf(path)}`;
  if (content instanceof Uint8Array) return undefined;
  if (typeof content !== 'string') return `content must be a text or a Uint8Array, not ${kindOf(content)}`;
  return named('content', textFault(content, { longest: largest, hasLines: true, mayBeEmpty: true }));
}

/** A pipe or a device would never end. */
function fileFault(path: string): string | undefined {
  try {
    const file = statSync(path);
    return file.isFile() ? undefined : `${path} is ${file.isDirectory() ? 'a folder' : 'no file'}`;
  } catch (error) {
    return `the file ${path} can't be read (${(error as NodeJS.ErrnoException).code})`;
  }
}

function sizeFaults(attachments: readonly Described[]): string[] {
  const octets = attachments.map(sizeOf).reduce((total, size) => total + size, 0);
  if (octets <= largest) return [];
  return [`attachments have ${inMegabytes(octets)} MB: a message can have ${inMegabytes(largest)} MB`];
}

function sizeOf({ content = '', path }: Described): number {
  return path === undefined ? content.length : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}

function inMegabytes(octets: number): number {
  return Math.ceil(octets / 1024 / 1024);
}

function named(name: string, fault: string | undefined): string | undefined {
  return fault && `${name} ${fault}`;
}
