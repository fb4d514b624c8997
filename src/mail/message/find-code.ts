const keyword = /\b(code|pin|otp|passcode|password|one[- ]time|verification|kode|codice|código|kod)\b/i;
const digits = /(?<![\w#.,/@+-])(\d{4,8}|\d{3}[ -]\d{3})(?![\w/@-]|[.,]\d)/g;

/**
 * The one-time code of a text: 4 to 8 digits that stand alone (`123 456` and `123-456` too), those nearest
 * after a word such as "code" or "PIN" first. A pattern of one's own gives its first group, or its whole match.
 */
export function findCode(text: string, pattern?: RegExp): string | undefined {
  if (pattern) {
    const match = new RegExp(pattern, pattern.flags.replace(/[gy]/g, '')).exec(text);
    return match?.[1] ?? match?.[0];
  }
  const candidates = [...text.matchAll(digits)];
  const start = keyword.exec(text)?.index ?? 0;
  const match = candidates.find(({ index }) => index >= start) ?? candidates[0];
  return match?.[0].replace(/\D/g, '');
}
