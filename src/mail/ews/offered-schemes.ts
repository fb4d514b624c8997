import type { IncomingHttpHeaders } from 'node:http';

/** The authentication schemes that a 401 offers (RFC 9110 section 11.6.1), as the server writes them. */
export function offeredSchemes(headers: IncomingHttpHeaders): string[] {
  const challenges = headers['www-authenticate']?.replace(/"(?:[^"\\]|\\.)*"?/g, '""').split(',') ?? [];
  const schemes = challenges.flatMap((challenge) => /^\s*([A-Za-z][\w-]*)(?=\s|$)/.exec(challenge)?.[1] ?? []);
  return [...new Set(schemes)];
}

/** Whether a 401 offers a scheme; one that names no schemes rules none out. */
export function isOffered(scheme: string, offered: readonly string[]): boolean {
  return offered.length === 0 || offered.some((each) => each.toLowerCase() === scheme.toLowerCase());
}
