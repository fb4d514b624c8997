const unseen = /[\p{Default_Ignorable_Code_Point}\u20e3]/gu;
/** What would part the thousands of a number, once it is an ordinary comma. */
const wideComma = /[，、]/g;
const dashes = /[\u2010-\u2015\u2212]|(?<=\p{Nd})\u00b7(?=\p{Nd})/gu;
/** ¹, ²: a mark behind a number, that leads to a note; none where all of the number is written so. */
const noteMark = /(?<=\p{Nd})[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2460-\u2473]{1,2}(?!\p{N})/gu;
const accented = /[\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]/g;
const withoutAccent: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ı: 'i', ς: 'σ' };

/** A text with one way to write what has several: digits of any script are 0 to 9, dashes are `-`, blanks blanks. */
export function normalise(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(wideComma, ', ')
    .replace(noteMark, '')
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(dashes, '-')
    .replace(/\s/g, ' ')
    .replace(/\p{Nd}/gu, toAscii);
}

/** In lower case and without accents, letter for letter: what stands where stays so. */
export function foldWords(text: string): string {
  return text.replace(accented, foldLetter).toLowerCase();
}

/** Unicode keeps the ten digits of a script together, from zero on. */
function toAscii(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  if (point < 0x80) return digit;
  let zero = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((point - zero) % 10);
}

function foldLetter(letter: string): string {
  const base = (letter.normalize('NFD')[0] ?? letter).toLowerCase();
  return withoutAccent[base] ?? base;
}
