import { tokenizeHtml } from '../message/tokenize-html.js';

/** A link as a reader sees it. */
export interface PickedLink {
  readonly text: string;
  readonly href: string;
}

/** How many links, how many characters of each, how long a text is looked through. */
const limits = { links: 200, text: 200, href: 4000, looked: 200_000 };

/** The links of an HTML body, or the addresses that stand in a text where there is none. */
export function linksOf(html: string, text: string): PickedLink[] {
  const links = html === '' ? bareLinks(text) : anchors(html);
  return links.filter(({ href }) => /^(?:https?|mailto|tel):/i.test(href)).slice(0, limits.links);
}

/**
 * The one-time code that a text is about: digits, alone or in two groups, that stand in or below a line which speaks of
 * a code; nothing where there is none, or several. It is there to be copied by people; tests take `message.code()`.
 */
export function codeOf(subject: string, text: string): string | undefined {
  const lines = [subject, ...text.slice(0, limits.looked).split('\n')].map((line) => line.trim()).filter(Boolean);
  const found = lines.flatMap((line, index) => {
    const isAnnounced = aboutCode.test(line) || (isBare(line) && aboutCode.test(lines[index - 1] ?? ''));
    return isAnnounced ? codesIn(line) : [];
  });
  const [code, ...others] = new Set(found);
  return others.length === 0 ? code : undefined;
}

const aboutCode =
  /(?<!(?:post|bar|zip|qr|area|promo|discount)[- ]?)code\b|\b(?:otp|pin|passcode|kode|kod|koodi|c[oó]digo|codice|clave|einmalpasswort)\b|kód|код|コード|验证码|驗證碼|인증/iu;

/** Digits that no longer number, amount, date or word goes on from. */
const digits = /(?<![\p{L}\p{N}#+.,/:_-])(?:\d{4,8}|\d{3}[ -]\d{3})(?![\p{L}\p{N}]|[.,/:_-]\d)/gu;

function codesIn(line: string): string[] {
  const codes = [...line.slice(0, 1000).matchAll(digits)].map(([code]) => code.replace(/[ -]/, ''));
  return codes.filter((code) => !/^(?:19|20)\d\d$/.test(code) || isBare(line));
}

function isBare(line: string): boolean {
  return /^[\d -]{4,9}$/.test(line);
}

function anchors(html: string): PickedLink[] {
  const links: { text: string; href: string }[] = [];
  let open: { text: string; href: string } | undefined;
  tokenizeHtml(html, {
    start(name, attributes) {
      const href = attributes.find((attribute) => attribute.name === 'href')?.value.trim();
      if (name === 'a' && href && links.length < limits.links)
        links.push((open = { text: '', href: cut(href, limits.href) }));
      const alt = name === 'img' ? attributes.find((attribute) => attribute.name === 'alt')?.value : undefined;
      if (open && alt) open.text += alt;
    },
    end(name) {
      if (name === 'a') open = undefined;
    },
    text(text) {
      if (open && open.text.length < limits.text) open.text += text;
    },
  });
  return links.map(({ text, href }) => ({ text: cut(text.replace(/\s+/g, ' ').trim(), limits.text), href }));
}

function bareLinks(text: string): PickedLink[] {
  const found = text.slice(0, limits.looked).matchAll(/\bhttps?:\/\/[^\s<>"']{1,2000}/gi);
  return Array.from(found, ([address]) => ({ text: '', href: address.replace(/[).,;:!?\]]{1,10}$/, '') }));
}

function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text;
}
