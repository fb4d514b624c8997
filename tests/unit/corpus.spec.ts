import { expect, test } from '@playwright/test';
import { faultsOf, readCorpus } from '../corpus/read-corpus.mjs';
import { createMessage } from '../support/create-message.js';

const mails = readCorpus();

for (const mail of mails) {
  test(`a reader finds what there is in ${mail.name} (${mail.language}, ${mail.kind})`, async () => {
    const { subject, text = '', html = '' } = mail;
    const message = await createMessage({
      from: 'Contoso <no-reply@contoso.com>',
      to: 'qa@contoso.com',
      subject,
      ...(text && { text }),
      ...(html && { html }),
    });
    expect(faultsOf(message, mail)).toEqual([]);
  });
}

test('the corpus has 500 mails and more, in thirty languages and more', () => {
  expect(mails.length).toBeGreaterThanOrEqual(500);
  expect(new Set(mails.map(({ language }) => language)).size).toBeGreaterThanOrEqual(30);
});
