/** Whether a text can be a `Message-ID` in a header, with its angle brackets: RFC 5322 section 3.6.4, and longer lines not. */
export function isMessageId(text: string): boolean {
  return text.length <= 900 && /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(text);
}
