import { isLoopback } from './loopback.js';

/**
 * Whether a failure hardly passes by itself: a name that nobody knows (or nobody to ask for it), or a port of this
 * machine on which nothing listens.
 */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isLasting);
  const { code, address = '' } = error as NodeJS.ErrnoException & { readonly address?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return true;
  return (code === 'ECONNREFUSED' && isLoopback(address)) || isLasting(error.cause);
}
