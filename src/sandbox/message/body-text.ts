import { tokenizeHtml } from './tokenize-html.js';

/** Elements whose text is not to be read. */
const unread = new Set(['style', 'script', 'title', 'noembed', 'noframes', 'iframe']);

/** Elements that end a line. */
const lineEnds = /^(?:p|div|tr|li|h[1-6])$/;

/** A plain text of an HTML body: good enough to read and to search in. */
export function htmlToText(html: string): string {
  const texts: string[] = [];
  let isUnread = false;
  tokenizeHtml(html, {
    start(name) {
      isUnread = unread.has(name);
      if (name === 'br') texts.push('\r\n');
    },
    end(name) {
      isUnread = false;
      if (lineEnds.test(name)) texts.push('\r\n');
    },
    text(text) {
      if (!isUnread) texts.push(text.replace(/\r?\n/g, ' '));
    },
  });
  return texts.join('');
}

/** An HTML body that shows a plain text, as Exchange makes one. */
export function textToHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const lines = escaped.replace(/\r?\n/g, '<br>\r\n');
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><div class="PlainText">${lines}</div></body></html>`;
}
