import type { LegResult } from '../diagnosis/leg.js';

const marks: Readonly<Record<LegResult['status'], string>> = { passed: '✓', failed: '✗', skipped: '–' };

const nameWidth = 10;
const timeWidth = 9;

/** A line for a leg, and below it the cause and the remedy where it failed. */
export function describeLeg({ name, status, milliseconds, detail, error }: LegResult): string {
  const time = status === 'skipped' ? '' : `${milliseconds} ms`;
  const line = `  ${marks[status]} ${name.padEnd(nameWidth)} ${time.padStart(timeWidth)}  ${error?.code ?? detail}`;
  const lines = error ? [...error.summary.split('\n'), ...error.advice.map((advice) => `- ${advice}`)] : [];
  return [line, ...lines.map((text) => `      ${text}`)].join('\n');
}
