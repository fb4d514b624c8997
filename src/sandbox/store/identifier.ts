import { randomBytes } from 'node:crypto';

/** An id that no two things share. */
export function identifier(): string {
  return randomBytes(18).toString('base64');
}
