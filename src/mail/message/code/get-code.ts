import { types } from 'node:util';
import { refuse } from '../../../input/refuse.js';
import { contentError } from '../content-error.js';
import type { Findings } from '../findings.js';
import { describePattern } from '../text-pattern.js';
import { codeLength, codeOptionFaults, type CodeOptions } from './code-options.js';
import type { FoundCode } from './find-codes.js';

/** The one-time code of a message, or what a pattern finds. @throws CONFIGURATION, MESSAGE_CONTENT */
export function getCode(subject: string, findings: Findings, wanted: RegExp | CodeOptions | undefined): string {
  refuse('The argument of code() is not usable.', codeOptionFaults(wanted));
  if (types.isRegExp(wanted)) return getByPattern(subject, findings, wanted);
  const { codes, others } = findings.codes(codeLength(wanted ?? {}));
  const [code] = codes;
  if (code && codes.length === 1) return code.value;
  throw contentError(subject, {
    wanted: 'a one-time code',
    found: code ? `${codes.length} that are equally good` : 'none',
    details: (code ? codes : others).map(describe),
    advice: adviceFor(code ?? others[0]),
  });
}

function getByPattern(subject: string, findings: Findings, pattern: RegExp): string {
  const once = new RegExp(pattern, pattern.flags.replace(/[gy]/g, ''));
  for (const text of findings.texts) {
    const match = once.exec(text);
    if (match) return match[1] ?? match[0];
  }
  const { codes, others } = findings.codes();
  const details = [...codes, ...others].map(describe);
  throw contentError(subject, { wanted: `a code ${describePattern(pattern)}`, found: 'none', details });
}

/** A line of so many characters tells enough. */
const longestLine = 100;

function describe({ value, line, at, doubts }: FoundCode): string {
  const around = line === value ? 'alone on its line' : `in ${JSON.stringify(excerpt(line, at))}`;
  return [`${JSON.stringify(value)}, ${around}`, ...doubts].join('; ');
}

function excerpt(line: string, at: number): string {
  const start = Math.max(0, Math.min(at - longestLine / 2, line.length - longestLine));
  const end = start + longestLine;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

function adviceFor(code: FoundCode | undefined): string {
  return code
    ? 'say which by what stands around it: code(/code is (\\d+)/)'
    : 'a code of another kind takes a pattern: code(/code is (\\S+)/)';
}
