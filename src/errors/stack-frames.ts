import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFolder } from './code-folder.js';

/** A line of a stack, as V8 prints it. */
export interface StackFrame {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What of this package may stand in a stack: what runs, and what its source maps say of it. */
const ownFolders = ['dist', 'src'].map((name) => fileURLToPath(new URL(`../${name}/`, codeFolder)));

/** Deeper than any test is; V8 keeps 10 by itself. */
const stackDepth = 100;

/** The frames of whoever called this package, the innermost first; not those of the package and of libraries. */
export function callerFrames(): StackFrame[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = stackDepth;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return framesOf(stack).filter(isUsers);
}

/** The frames with which a stack begins, where it begins in what a user wrote: there it was thrown. */
export function throwerFrames(error: Error): StackFrame[] {
  const frames = framesOf(error.stack);
  const end = frames.findIndex((frame) => !isUsers(frame));
  return end < 0 ? frames : frames.slice(0, end);
}

/** The frame that stands for a place in a file. */
export function frameAt({ file, line, column }: Omit<StackFrame, 'text'>): StackFrame {
  return { text: `    at ${file}:${line}:${column}`, file, line, column };
}

function framesOf(stack: string = ''): StackFrame[] {
  return stack.split('\n').flatMap((text) => (/^\s+at /.test(text) ? (parseFrame(text) ?? []) : []));
}

/** `at file:1:2`, `at async file:1:2`, `at name (file:1:2)` */
function parseFrame(text: string): StackFrame | undefined {
  const named = text.endsWith(')')
    ? text.slice(text.lastIndexOf(' (') + 2, -1)
    : text.trim().replace(/^at (async )?/, '');
  const [, path, line, column] = /^(.+):(\d+):(\d+)$/.exec(named) ?? [];
  if (path === undefined) return undefined;
  const file = path.startsWith('file:') ? fileURLToPath(path) : path;
  return { text, file, line: Number(line), column: Number(column) };
}

function isUsers({ file }: StackFrame): boolean {
  return (
    !file.startsWith('node:') &&
    !file.includes(`${sep}node_modules${sep}`) &&
    !ownFolders.some((folder) => file.startsWith(folder))
  );
}
