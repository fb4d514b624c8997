import { expect, test } from '@playwright/test';
import { faultsOf, readCorpus, toWire } from '../corpus/read-corpus.mjs';
import { createMessage, readMessage } from '../support/create-message.js';

const mails = readCorpus();

for (const mail of mails) {
  test(`a reader finds what there is in ${mail.name} (${mail.language}, ${mail.kind})`, async () => {
    const { subject, text = '', html = '', source } = mail;
    const message = source
      ? await readMessage(toWire(source))
      : await createMessage({
          from: 'Contoso <no-reply@contoso.com>',
          to: 'qa@contoso.com',
          subject,
          ...(text && { text }),
          ...(html && { html }),
        });
    expect(faultsOf(message, mail)).toEqual([]);
  });
}

test('the corpus has 700 mails and more, in thirty languages and more', () => {
  expect(mails.length).toBeGreaterThanOrEqual(700);
  expect(new Set(mails.map(({ language }) => language)).size).toBeGreaterThanOrEqual(30);
});
