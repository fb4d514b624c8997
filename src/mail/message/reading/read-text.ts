import type { Run } from './run.js';

const plain = { isEmphasised: false, isQuoted: false, isRaised: false, anchor: undefined };
const lineBreak: Run = { ...plain, text: '\n' };

/** A plain text as runs. */
export function readText(text: string): Run[] {
  const parts = text.match(/\r\n?|\n|[^\r\n]+/g) ?? [];
  return parts.map((part) => (/^[\r\n]/.test(part) ? lineBreak : { ...plain, text: part }));
}
