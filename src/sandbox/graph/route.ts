import { badRequest, GraphError } from './graph-error.js';
import type { Route, Routes } from './context.js';

export type FoundRoute<Run> = Route<Run> & {
  /** What the path names, by its place. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** Finds the operation at a path; throws GraphError where there is nothing, or nothing for this method. */
export type Router<Run> = (method: string, segments: readonly string[]) => FoundRoute<Run>;

export function createRouter<Run>(routes: Routes<Run>): Router<Run> {
  const patterns = Object.entries(routes).map(([name, route]) => {
    const [method = '', path = ''] = name.split(' ');
    return { method, route, parts: path.split('/').filter(Boolean) };
  });
  return (method, segments) => {
    const path = canonical(segments);
    const there = patterns.filter(({ parts }) => matches(parts, path));
    if (there.length === 0) throw badRequest(`Resource not found for the segment '${path.at(-1) ?? ''}'.`);
    const found = there.find((pattern) => pattern.method === method);
    if (found) return { ...found.route, parameters: parametersOf(found.parts, path) };
    const message = 'Specified HTTP method is not allowed for the request target.';
    const headers = { Allow: there.map((pattern) => pattern.method).join(', ') };
    throw new GraphError(405, 'Request_BadRequest', { message, headers });
  };
}

/** What leads to something that is found by its id wherever it is, and how much of that does not matter. */
const ways: readonly { readonly way: readonly string[]; readonly length: number }[] = [
  { way: ['calendargroups', '*', 'calendars'], length: 2 },
  { way: ['calendars', '*', 'events', '{id}'], length: 2 },
  { way: ['calendar', 'events', '{id}'], length: 1 },
  { way: ['contactfolders', '*', 'contacts', '{id}'], length: 2 },
  { way: ['mailfolders', '*', 'messages', '{id}'], length: 2 },
];

/** The shortest way to what a path names. */
function canonical(segments: readonly string[]): readonly string[] {
  const path = segments.map((segment) => segment.toLowerCase());
  if (path[0] === 'mailfolders' && path[2] === 'childfolders' && path[3])
    return canonical(['mailFolders', ...segments.slice(3)]);
  const found = ways.find(({ way }) =>
    way.every((part, index) => (part === '{id}' ? isId(path[index] ?? '') : part === '*' || part === path[index])),
  );
  return found ? canonical(segments.slice(found.length)) : segments;
}

function isId(segment: string): boolean {
  return segment !== '' && segment !== 'delta' && segment !== '$count';
}

function matches(parts: readonly string[], path: readonly string[]): boolean {
  return (
    parts.length === path.length &&
    parts.every((part, index) => part.startsWith('{') || part === path[index]?.toLowerCase())
  );
}

function parametersOf(parts: readonly string[], path: readonly string[]): Record<string, string> {
  const named = parts.flatMap((part, index) => (part.startsWith('{') ? [[part.slice(1, -1), path[index] ?? '']] : []));
  return Object.fromEntries(named) as Record<string, string>;
}
