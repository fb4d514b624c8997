import type { CommandParser } from './command-parser.js';
import { list, string } from './format.js';
import type { MimePart } from '../message/mime/mime-part.js';
import { bad } from './refusal.js';

const texts = ['HEADER', 'HEADER.FIELDS', 'HEADER.FIELDS.NOT', 'TEXT', 'MIME'] as const;

/** Which piece of a message is meant: `1.2.HEADER.FIELDS (To)` (RFC 3501 section 6.4.5). */
export interface Section {
  /** The numbers that lead to a part; none for the message itself. */
  readonly path: readonly number[];
  /** What of the part; nothing for its content. */
  readonly text: (typeof texts)[number] | undefined;
  /** The header fields that are meant. */
  readonly fields: readonly string[];
}

/** Reads what stands between the brackets, and the closing one. @throws Refusal BAD */
export function readSection(args: CommandParser): Section {
  const path: number[] = [];
  while (!args.accept(']')) {
    const word = args.peekKeyword();
    if (word !== undefined) return readText(args, path);
    const number = args.number();
    if (number === 0) throw bad();
    path.push(number);
    if (args.accept(']')) break;
    args.expect('.');
    if (args.accept(']')) throw bad();
  }
  return { path, text: undefined, fields: [] };
}

/** As an answer names it. */
export function writeSection({ path, text, fields }: Section): string {
  const words = [...path.map(String), ...(text ? [text] : [])].join('.');
  return fields.length > 0 ? `${words} ${list(fields.map(fieldName))}` : words;
}

/** The octets of a section; none where the message has no such part. */
export function sectionOf(message: MimePart, { path, text, fields }: Section): Buffer | undefined {
  const part = path.length === 0 ? message : partAt(message, path);
  if (!part) return undefined;
  if (text === 'MIME') return part.headerSource;
  if (text === undefined) return path.length === 0 ? part.source : part.body;
  const whole = path.length === 0 ? part : part.message;
  if (!whole) return undefined;
  if (text === 'TEXT') return whole.body;
  if (text === 'HEADER') return whole.headerSource;
  const except = text === 'HEADER.FIELDS.NOT';
  return Buffer.from(`${whole.header.pick(fields, { except })}\r\n`, 'latin1');
}

function readText(args: CommandParser, path: readonly number[]): Section {
  const word = args.keyword();
  const text = texts.find((each) => each === word);
  if (!text || (text === 'MIME' && path.length === 0)) throw bad();
  if (!text.startsWith('HEADER.FIELDS')) {
    args.expect(']');
    return { path, text, fields: [] };
  }
  args.space();
  const fields = args.list(() => args.astring());
  args.expect(']');
  if (fields.length === 0) throw bad();
  return { path, text, fields };
}

/** A part's number is one among its multipart's; the content of a message that is no multipart is its part 1. */
function partAt(message: MimePart, path: readonly number[]): MimePart | undefined {
  let part: MimePart | undefined;
  let around: MimePart | undefined = message;
  for (const number of path) {
    part = around?.isMultipart ? around.parts[number - 1] : number === 1 ? around : undefined;
    around = part?.isMultipart ? part : part?.message;
  }
  return part;
}

function fieldName(name: string): string {
  return /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/.test(name) ? name : string(name);
}
