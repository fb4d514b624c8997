import { odataContext, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest } from '../graph-error.js';
import { isRecord, readJson } from '../graph-request.js';
import { folderId } from '../ids.js';
import { changedSettings, mailboxSettings } from '../settings/mailbox-settings.js';

/** https://learn.microsoft.com/graph/api/user-get-mailboxsettings */
export const getMailboxSettings: Operation = (context) => {
  const { account } = context;
  const archiveFolder = folderId(account.folder('archive'));
  return jsonAnswer({ ...odataContext(context, 'mailboxSettings'), archiveFolder, ...mailboxSettings(account) });
};

/** One of them: `/mailboxSettings/timeZone`. */
export const getMailboxSetting: Operation = (context) => {
  const wanted = context.parameters['setting']?.toLowerCase();
  const found = Object.entries(mailboxSettings(context.account)).find(([name]) => name.toLowerCase() === wanted);
  if (!found) throw badRequest(`Resource not found for the segment '${context.parameters['setting'] ?? ''}'.`);
  const [name, value] = found;
  return jsonAnswer({ ...odataContext(context, `mailboxSettings/${name}`), ...(isRecord(value) ? value : { value }) });
};

/** Answers with those that were changed. https://learn.microsoft.com/graph/api/user-update-mailboxsettings */
export const updateMailboxSettings: Operation = (context) => {
  const { account, request } = context;
  const changed = changedSettings(account, readJson(request));
  account.settings.set('mailboxSettings', { ...mailboxSettings(account), ...changed });
  return jsonAnswer({ ...odataContext(context, 'mailboxSettings'), ...changed });
};
