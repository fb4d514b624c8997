/** Deeper than any request, and little enough for whatever walks through it. */
const maxDepth = 100;

/** Reads JSON from outside. @throws SyntaxError, also where it is nested too deep */
export function parseJson(text: string): unknown {
  if (isDeeperThan(maxDepth, text)) throw new SyntaxError(`The JSON is nested more than ${maxDepth} deep`);
  return JSON.parse(text);
}

function isDeeperThan(max: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= max; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
  }
  return depth > max;
}

/** Where the closing quote is. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
