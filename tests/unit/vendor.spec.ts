import { expect, test } from '@playwright/test';
import { libmime } from '../../dist/vendor/libmime.js';

for (const [word, text] of [
  ['=?utf-8?B?w4TDtg==?= =?utf-8?Q?=C3=BC?=', 'Äöü'],
  ['=?iso-8859-1?Q?caf=E9?=', 'café'],
  ['=?gb2312?B?1tDOxA==?=', '中文'],
  ['=?big5?B?pKSk5Q==?=', '中文'],
  ['=?euc-kr?B?x9GxuQ==?=', '한국'],
  ['=?shift_jis?B?k/qWew==?=', '日本'],
  ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
  ['=?no-such-charset?Q?as_it_is?=', 'as it is'],
] as const) {
  test(`libmime as bundled reads ${word}`, () => {
    expect(libmime.decodeWords(word)).toBe(text);
  });
}
