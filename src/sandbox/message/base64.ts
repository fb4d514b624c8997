/** Tells base64 by one simple run: a pattern of groups of four overflows the stack on a large attachment. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** What base64 stands for, in lines or in one; nothing where it is none. */
export function readBase64(text: string): Buffer | undefined {
  const base64 = text.replace(/\s/g, '');
  return isBase64(base64) ? Buffer.from(base64, 'base64') : undefined;
}
