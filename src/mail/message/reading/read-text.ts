import type { Run } from './run.js';

const plain = { isEmphasised: false, isQuoted: false, isRaised: false, anchor: undefined };
const lineBreak: Run = { ...plain, text: '\n' };

/** A plain text as runs. */
export function readText(text: string): Run[] {
  return text
    .split(/(\r\n|\r|\n)/)
    .filter((part) => part !== '')
    .map((part) => (/^[\r\n]/.test(part) ? lineBreak : { ...plain, text: part }));
}
