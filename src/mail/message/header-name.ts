/** Whether a text can be the name of a header field: RFC 5322 section 3.6.8. */
export function isHeaderName(name: string): boolean {
  return /^[!-9;-~]+$/.test(name);
}
