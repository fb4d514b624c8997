import { expect, test } from '@playwright/test';
import { codeOf, linksOf } from '../../src/sandbox/inbox/picked-out.js';

const codes: readonly (readonly [subject: string, text: string, code: string | undefined])[] = [
  ['Your code', '839201', '839201'],
  ['Sign in', 'Your verification code is 482 913.\n\nCall 08001234 if in doubt.', '482913'],
  ['Sign in', 'Enter this code:\n\n123-456\n\n© 2026 Contoso', '123456'],
  ['839201 is your Contoso code', 'It lasts ten minutes.', '839201'],
  ['Ihr Code', 'Einmalpasswort: 5521', '5521'],
  ['Two', 'Your code is 1111. Your new code is 2222.', undefined],
  ['Invoice 4711', 'The total of 129.95 is due on 2026-11-29.', undefined],
  ['Barcode', 'The postcode is 12345 12345678901.', undefined],
  ['Welcome', 'Since 1998. No code in 2026.', undefined],
];

for (const [subject, text, code] of codes) {
  test(`the code of "${subject}" is ${code ?? 'none'}`, () => {
    expect(codeOf(subject, text)).toBe(code);
  });
}

test('links are those of the HTML, or the addresses in a text that has none', () => {
  const html = `<a href=" https://contoso.com/a ">A <b>bold</b>
    link</a><a href="javascript:alert(1)">no</a><a name="x">no</a><a href="mailto:qa@contoso.com"><img alt="Mail"></a>`;
  expect(linksOf(html, 'https://contoso.com/other')).toEqual([
    { text: 'A bold link', href: 'https://contoso.com/a' },
    { text: 'Mail', href: 'mailto:qa@contoso.com' },
  ]);
  expect(linksOf('', 'See (https://contoso.com/a?b=1), or else.')).toEqual([
    { text: '', href: 'https://contoso.com/a?b=1' },
  ]);
});

test('what is long is looked through in time, and cut', () => {
  const link = `<a href="https://contoso.com/${'x'.repeat(9000)}">${'y'.repeat(900)}`;
  const links = linksOf(link.repeat(300), '');
  expect(links).toHaveLength(200);
  expect(links[0]?.href).toHaveLength(4000);
  expect(codeOf('code', '1'.repeat(500_000))).toBeUndefined();
  expect(linksOf('', 'https://'.repeat(20_000)).length).toBeLessThanOrEqual(200);
});
