import { Parser } from '../../vendor/htmlparser2.js';
import { readHtml } from './reading/read-html.js';

/** What a reader sees of an HTML body, as text. */
export function htmlToText(html: string): string {
  return readHtml(html, Parser)
    .runs.map(({ text }) => text)
    .join('')
    .trim();
}
