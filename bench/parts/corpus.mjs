import { composeMessage } from '../../dist/mail/message/compose.js';
import { Message } from '../../dist/mail/message/message.js';
import { parseMessage } from '../../dist/mail/message/parse.js';
import { faultsOf, readCorpus, toWire } from '../../tests/corpus/read-corpus.mjs';

/**
 * How many mails of the corpus are read as a reader reads them, by kind and by language.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function corpus() {
  const mails = await Promise.all(
    readCorpus().map(async (mail) => ({ ...mail, isRight: faultsOf(await received(mail), mail).length === 0 })),
  );
  return {
    title: `Codes and links found in ${mails.length} mails`,
    head: ['mails', 'right', 'wrong'],
    rows: [
      row('all', mails),
      ...rowsBy(mails, ({ kind, links }) => `${links ? 'links' : 'code'}: ${kind}`),
      ...rowsBy(mails, ({ language }) => language),
    ],
  };
}

/** @typedef {import('../../tests/corpus/read-corpus.mjs').CorpusMail & { isRight: boolean }} Judged */

/**
 * @param {readonly Judged[]} mails
 * @param {(mail: Judged) => string} groupOf
 */
function rowsBy(mails, groupOf) {
  const groups = [...new Set(mails.map(groupOf))].toSorted();
  return groups.map((group) =>
    row(
      group,
      mails.filter((mail) => groupOf(mail) === group),
    ),
  );
}

/**
 * @param {string} name
 * @param {readonly Judged[]} mails
 */
function row(name, mails) {
  const right = mails.filter(({ isRight }) => isRight).length;
  return [name, ...[mails.length, right, mails.length - right].map(String)];
}

/** @param {import('../../tests/corpus/read-corpus.mjs').CorpusMail} mail */
async function received(mail) {
  const source = mail.source ? toWire(mail.source) : await compose(mail);
  return new Message(
    await parseMessage(/** @type {any} */ ({ source })),
    /** @type {any} */ ({ receivedAt: new Date(), source }),
  );
}

/** @param {import('../../tests/corpus/read-corpus.mjs').CorpusMail} mail */
async function compose({ subject, text = '', html = '' }) {
  const from = 'Contoso <no-reply@contoso.com>';
  const body = { ...(text && { text }), ...(html && { html }) };
  const { source } = await composeMessage({ from, to: 'qa@contoso.com', subject, ...body }, { keepBcc: false });
  return source;
}
