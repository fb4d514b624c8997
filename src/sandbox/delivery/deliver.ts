import { attendToMeetings } from '../calendar/calendar-attendant.js';
import { compose, type Draft } from '../message/draft.js';
import { headerValues, withHeader } from '../message/mime-header.js';
import { replyDraft } from '../message/reply-draft.js';
import { StoredMessage, type Account, type Delivery, type MailStore } from '../store/store.js';
import { judge, type Verdict } from './judge.js';

/** Exchange's own mark on what a rule has sent on: it is not sent on again from the same mailbox. */
const loopField = 'X-MS-Exchange-Inbox-Rules-Loop';

/** Delivers a mail to its recipients, as the rules of their inboxes and the calendar will have it. */
export async function deliver(store: MailStore, delivery: Delivery): Promise<void> {
  attendToMeetings(store);
  const { source, to, folder } = delivery;
  const verdicts = new Map<Account, Verdict>();
  for (const account of folder ? [] : new Set(to.map((address) => store.account(address)))) {
    const verdict = await judge(account, source);
    if (verdict) verdicts.set(account, verdict);
  }
  store.deliver({ ...delivery, placeFor: (account) => verdicts.get(account) ?? {} });
  for (const [account, verdict] of verdicts) await sendOn(store, account, { source, verdict });
}

async function sendOn(
  store: MailStore,
  account: Account,
  { source, verdict }: { readonly source: Buffer; readonly verdict: Verdict },
): Promise<void> {
  const { forwards, attached, redirects, copies } = verdict;
  for (const folder of copies) folder.add({ source, flags: verdict.flags, properties: verdict.properties });
  if (headerValues(source, loopField).some((address) => address.trim() === account.address)) return;
  const marked = (mime: Buffer) => withHeader(mime, loopField, account.address);
  if (redirects.length > 0) await deliver(store, { to: redirects, source: marked(source) });
  for (const [to, isAttached] of [
    [forwards, false],
    [attached, true],
  ] as const) {
    if (to.length === 0) continue;
    const draft = await forwardDraft(account, source, isAttached);
    const recipients = to.map((address) => ({ name: '', address }));
    await deliver(store, { to, source: marked(await compose({ ...draft, to: recipients })) });
  }
}

async function forwardDraft(account: Account, source: Buffer, isAttached: boolean): Promise<Draft> {
  const original = new StoredMessage({ folder: account.folder('inbox'), uid: 0 }, { source });
  const draft = await replyDraft('forward', original, '');
  if (!isAttached) return draft;
  const name = `${(await original.parsed()).subject ?? 'Message'}.eml`;
  const attachment = {
    name,
    contentType: 'message/rfc822',
    content: source,
    contentId: undefined,
    isInline: false,
  };
  return { ...draft, body: { type: 'Text', content: '' }, attachments: [attachment] };
}
