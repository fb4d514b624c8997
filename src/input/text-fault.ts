import { kindOf } from './kind-of.js';

export interface TextRules {
  /** Characters. */
  readonly longest: number;
  /** Line breaks, tabs and other control characters are part of it, as in a body. */
  readonly hasLines?: boolean;
  /** It may say nothing. */
  readonly mayBeEmpty?: boolean;
}

/** What is wrong with a text, after its name: nothing where it will do. */
export function textFault(value: unknown, { longest, hasLines, mayBeEmpty }: TextRules): string | undefined {
  if (typeof value !== 'string') return `must be a text, not ${kindOf(value)}`;
  if (!mayBeEmpty && value.trim() === '') return 'must not be empty';
  if (value.length > longest) return `has ${value.length} characters: ${longest} are taken`;
  if (!value.isWellFormed()) return 'has half a character (a lone surrogate)';
  if (hasLines) return undefined;
  if (/[\r\n]/.test(value)) return 'has a line break';
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value) ? 'has a control character' : undefined;
}
