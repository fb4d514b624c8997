/**
 * A message that may stand by itself: errors are worded so that others can quote them. Names of methods and fields
 * stay as they are written.
 */
export function asSentence(message: string): string {
  const [first = '', ...rest] = message.split('\n');
  const capital = first.replace(/^[a-z]+(?=(?:['’][a-z]+)? )/, (word) => word[0]!.toUpperCase() + word.slice(1));
  return [/[\p{L}\p{N})\]"'/]$/u.test(capital) ? `${capital}.` : capital, ...rest].join('\n');
}
