const currencies = 'USD|EUR|GBP|JPY|CHF|INR|RUB|TRY|KRW|CNY|VND|THB|PLN|CZK|HUF|SEK|NOK|DKK|BRL|UAH|ILS|AED|SAR|IRR';
const units =
  'kr|zł|kč|ft|lei|tl|руб(?:\\.|лей)?|грн|лв|times|p|px|[kmgt]i?b|km|kg|ms|min(?:s|ut[aeo]s?|uut(?:tia)?|uten|uuttia|uti|utter|uter)?|minutes?|h|hrs?|hours?|days?|' +
  'sec(?:ond)?s?|sek(?:und(?:en?|er|y|ia?)?)?|secondes?|segundos?|secondi|seconden|stunden|tage|heures|jours|horas|dias|' +
  'ore|giorni|uur|dagen|timer|timmar|godzin|dni|минуты?|секунды?|часов|часа|дней|хвилин|годин|dakika|saniye|saat|' +
  'phút|giây|giờ|menit|detik|jam|' +
  'characters|users|people|points|miles|items';

/** What numbers look like that are no codes. Each is taken out of a text before codes are looked for. */
export const otherNumbers: readonly RegExp[] = [
  // An address on the web, of mail, of a host
  /(?:[a-z][a-z0-9+.-]{0,30}:\/\/|www\.)[^\s<>"]+/gi,
  /[^\s@<>()[\]:,;"]{1,64}@[^\s@<>()[\],;"]{1,255}/g,
  /\b(?:[a-z0-9-]{0,40}[a-z][a-z0-9-]{0,20}\.){1,8}[a-z]{2,24}\b(?:\/\S*)?/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:{1,2}){3,7}[0-9a-f]{1,4}\b/gi,
  // An international bank account number
  /\b[A-Z]{2}\d{2} ?(?:[A-Z\d]{4} ?){2,7}[A-Z\d]{1,4}\b/g,
  // A date, with a time behind it
  /(?<!\d-)\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b(?!-\d)(?:[\sT,]{1,3}\d{1,2}:\d{2}(?::\d{2})?)?/g,
  /(?<!\d[ -]?)\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|º|ª)?\s(?:\p{L}{1,8}\s){0,2}\p{L}{3,20}\.?,?\s(?:\p{L}{1,6}\s){0,2}(?:19|20|25)\d\d\b(?:,?\s\p{L}{1,5}\s\d{4}\b)?/gu,
  /\p{L}{3,20}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20|25)\d\d\b/gu,
  /\b\d{1,2}-[a-z]{3}-(?:\d{2}){1,2}\b/gi,
  /(?:19|20|25)\d\d\s?[年년](?:\s?\d{1,2}\s?[月월])?(?:\s?\d{1,2}\s?[日일])?/g,
  /(?:©|\(c\)|copyright)[\s:]{0,2}(?:19|20)\d\d(?:\s?-\s?(?:19|20)?\d\d)?|(?:19|20)\d\d\s?©/gi,
  /\b(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d\b/g,
  /\b\d{1,2}[:h]\d{2}(?::\d{2})?\b/g,
  // An amount, a measure
  new RegExp(`(?:[$€£¥₹₽₺₩฿₫₴₪]|\\b(?:${currencies}|Rs)\\b\\.?)\\s?\\d[\\d.,' ]*`, 'g'),
  new RegExp(
    `\\b\\d[\\d.,']{0,20}(?:\\s\\d{3}){0,4}(?:[.,]\\d{2})?\\s?(?:[$€£¥₹₽₺₩฿₫₴₪](?!\\s?\\d)|[%°円元원]|(?:${currencies})\\b)`,
    'g',
  ),
  /\b\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d+)?\b|\b\d+[.,]\d+\b/g,
  new RegExp(`\\b\\d{1,6}[ -]?(?:${units})(?!\\p{L})`, 'giu'),
  /\d{1,6}\s?(?:分钟|分鐘|分|秒|小时|小時|時間|일|분|초|시간|นาที|วินาที|ชั่วโมง|मिनट|सेकंड|घंटे|דקות|שניות|دقيقة|دقائق|ثانية|دقیقه|ثانیه)/g,
  // A phone number
  /\+\d[\d ()./-]{6,24}\d|\(\d{2,5}\)\s?\d[\d ./-]{3,20}\d/g,
  /\b0(?=(?:[ ./-]?\d){7})\d{1,4}[ ./-]\d{2,9}(?:[ ./-]\d{2,8}){0,4}\b/g,
  /\b\d{1,4}(?<groups>(?:[ .-]\d{2,4}){2,4})\b/g,
  // What is hidden but for its end: an account, a card
  /[*x•·●…]{2,20}[ -]?\d{2,6}\b(?!\*)/gi,
];

/** Where something was taken out of a text. */
export const gone = '\0';

/** A text without the numbers that are something else by their looks; what stands where stays so. */
export function withoutOtherNumbers(text: string): string {
  return otherNumbers.reduce(
    (rest, pattern) => rest.replace(pattern, (match) => (isEvenlyGrouped(match) ? match : gone.repeat(match.length))),
    text,
  );
}

/** `12 34 56`, `123-456-789`: groups of one length that one separator parts, as codes are written. */
export function isEvenlyGrouped(text: string): boolean {
  const [separator] = /[ -]/.exec(text) ?? [];
  if (separator === undefined || /[^\d -]/.test(text)) return false;
  const groups = text.split(separator);
  const length = groups[0]?.length ?? 0;
  return (
    length >= 2 &&
    length <= 4 &&
    groups.length <= 4 &&
    groups.every((group) => /^\d+$/.test(group) && group.length === length)
  );
}
