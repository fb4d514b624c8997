import { maxReceivedSize } from '../../message/size-limits.js';
import { odataRoot, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest, cannotConvert } from '../graph-error.js';
import { isRecord, readParameters } from '../graph-request.js';
import { mailboxSettings } from '../settings/mailbox-settings.js';
import type { Account } from '../../store/store.js';

/** Each tip about a recipient, by the name of its option. https://learn.microsoft.com/graph/api/resources/mailtips */
const tips: Readonly<Record<string, (recipient: Account, sender: Account) => object>> = {
  automaticreplies: (recipient, sender) => ({ automaticReplies: automaticReply(recipient, sender) }),
  custommailtip: () => ({ customMailTip: '' }),
  deliveryrestriction: () => ({ deliveryRestricted: false }),
  externalmembercount: () => ({ externalMemberCount: 0 }),
  mailboxfullstatus: () => ({ mailboxFull: false }),
  maxmessagesize: () => ({ maxMessageSize: maxReceivedSize }),
  moderationstatus: () => ({ isModerated: false }),
  recipientscope: (recipient, sender) => ({
    recipientScope: domainOf(recipient) === domainOf(sender) ? 'internal' : 'external',
  }),
  recipientsuggestions: () => ({ recipientSuggestions: [] }),
  totalmembercount: () => ({ totalMemberCount: 1 }),
};

/** https://learn.microsoft.com/graph/api/user-getmailtips */
export const getMailTips: Operation = ({ request, account, store }) => {
  const given = readParameters(request);
  const [addresses, options] = [given.get('emailaddresses'), given.get('mailtipsoptions')];
  if (!Array.isArray(addresses)) throw badRequest("The parameter 'EmailAddresses' is required.");
  const wanted = readOptions(options);
  const value = addresses.map((address) => ({
    emailAddress: { name: '', address: String(address) },
    ...Object.assign({}, ...wanted.map((name) => tips[name]?.(store.account(String(address)), account))),
  }));
  return jsonAnswer({ ...odataRoot(request, 'Collection(microsoft.graph.mailTips)'), value });
};

function readOptions(options: unknown): string[] {
  const names = (typeof options === 'string' ? options : '').toLowerCase().split(/\s*,\s*/);
  const wrong = names.find((name) => !Object.hasOwn(tips, name.trim()));
  if (wrong !== undefined) throw cannotConvert(wrong, 'mailTipsType');
  return names.map((name) => name.trim());
}

function automaticReply(recipient: Account, sender: Account): object {
  const { automaticRepliesSetting } = mailboxSettings(recipient);
  const setting = isRecord(automaticRepliesSetting) ? automaticRepliesSetting : {};
  if (setting['status'] === 'disabled') return { message: '' };
  const audience = domainOf(recipient) === domainOf(sender) ? 'internalReplyMessage' : 'externalReplyMessage';
  return {
    message: setting[audience] ?? '',
    messageLanguage: { locale: 'en-US', displayName: 'English (United States)' },
    ...(setting['status'] === 'scheduled' && {
      scheduledStartTime: setting['scheduledStartDateTime'],
      scheduledEndTime: setting['scheduledEndDateTime'],
    }),
  };
}

function domainOf({ address }: Account): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
