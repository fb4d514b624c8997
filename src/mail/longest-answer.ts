const least = 32 * 1024 * 1024;
const most = 256 * 1024 * 1024;

/**
 * How long an answer with these messages' sources may be, in octets: base64 takes a third more, and the
 * size that a server tells is not the source's own.
 */
export function longestAnswer(messages: readonly { readonly size: number }[]): number {
  const size = messages.reduce((total, message) => total + message.size, 0);
  return Math.min(least + 3 * size, most);
}
