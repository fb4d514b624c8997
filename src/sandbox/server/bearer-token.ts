/** The token of a header `Authorization` (RFC 6750 section 2.1); nothing where it has none. */
export function tokenIn(authorization: string | undefined): string | undefined {
  return /^bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
}
