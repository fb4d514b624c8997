import type { Run } from './run.js';

/** A plain text as runs. */
export function readText(text: string): Run[] {
  return text.split(/(\r\n|\r|\n)/).map((part) => ({
    text: /^[\r\n]+$/.test(part) ? '\n' : part,
    isEmphasised: false,
    isQuoted: false,
    anchor: undefined,
  }));
}
