import { textOf, type Line } from './run.js';

const forwarded = /^\s*(?:fwd?|wg|tr|rv|i|enc|vl|doorst|pd|vb|vs|пересл|转发|轉寄|fw)\s*[:：]/i;
const from =
  /^\W*(?:from|von|de|da|van|od|från|fra|lähettäjä|kimden|от|від|发件人|寄件者|差出人|보낸 사람|من|מאת|จาก|từ)\W*[:：]/iu;
const sent =
  /^\W*(?:sent|date|gesendet|datum|envoyé|enviado|inviato|data|verzonden|wysłano|skickat|sendt|lähetetty|gönderilme|отправлено|дата|发送时间|寄件日期|送信日時|보낸 날짜|تاريخ الإرسال|נשלח|ส่ง|đã gửi)\W*[:：]/iu;

/** `-----Original Message-----` in any language, or Outlook's line. */
const separator = /^\s*(?:-{3,}\s?\p{L}{2,30}(?:[\s'’]\p{L}{1,30}){0,3}\s?-{3,}|_{10,})\s*$/u;

/** Whether a mail passes another one on, by its subject: what it quotes is then what it says. */
export function isForwarded(subject: string): boolean {
  return forwarded.test(subject);
}

/** What a mail says itself, without what it quotes of the one that it answers. */
export function withoutQuotes(lines: readonly Line[]): Line[] {
  const texts = lines.map(textOf);
  const end = texts.findIndex((text, index) => isHeadOfQuoted(text, texts[index + 1], texts[index + 2]));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .filter((_, index) => !texts[index]?.startsWith('>'))
    .map((line) => (line.some(({ isQuoted }) => isQuoted) ? line.filter(({ isQuoted }) => !isQuoted) : line));
}

/** A head of its own after a line, or one that can't be of anything but a mail. */
function isHeadOfQuoted(text: string, next: string = '', afterNext: string = ''): boolean {
  if (separator.test(text)) return from.test(next) || from.test(afterNext);
  return from.test(text) && text.includes('@') && sent.test(next);
}
