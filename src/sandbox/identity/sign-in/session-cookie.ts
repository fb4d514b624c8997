import { randomUUID } from 'node:crypto';

/** Microsoft's own has this name. */
export const sessionCookie = 'ESTSAUTH';

/** What names a browser's session in its `Cookie`; a new name where there is none. */
export function readSession(cookies: string | undefined): string {
  const held = new RegExp(`(?:^|;\\s*)${sessionCookie}=([0-9a-f-]{36})(?:;|$)`).exec(cookies ?? '');
  return held?.[1] ?? randomUUID();
}
