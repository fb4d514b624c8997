import type { DocumentedOperation } from './documented-operation.js';
import { messages } from './messages.js';
import { attachments } from './attachments.js';
import { folders } from './folders.js';
import { extensions } from './extensions.js';
import { settings } from './settings.js';
import { rules } from './rules.js';
import { calendars } from './calendar.js';
import { contacts } from './contacts.js';
import { subscriptions } from './subscriptions.js';
import { others } from './others.js';

export type { DocumentedOperation } from './documented-operation.js';

export const documentedOperations: readonly DocumentedOperation[] = [
  ...messages,
  ...attachments,
  ...folders,
  ...extensions,
  ...settings,
  ...rules,
  ...calendars,
  ...contacts,
  ...subscriptions,
  ...others,
];

/** What the reference has and the sandbox has not, by page, with what is asked there. */
export const unsupportedOperations: readonly DocumentedOperation[] = [
  { page: 'contact-delta', ask: 'GET /me/contacts/delta', status: 501 },
  { page: 'event-delta', ask: 'GET /me/calendarView/delta', status: 501 },
  { page: 'user-findmeetingtimes', ask: 'POST /me/findMeetingTimes', body: {}, status: 501 },
  { page: 'group-list', ask: 'GET /groups', status: 501 },
  { page: 'site-getbypath', ask: 'GET /sites/root', status: 400 },
  { page: 'drive-get', ask: 'GET /me/drive', status: 400 },
  { page: 'user-list-joinedteams', ask: 'GET /me/joinedTeams', status: 403 },
  { page: 'user-list-people', ask: 'GET /me/people', status: 501 },
  {
    page: 'mailsearchfolder-post',
    ask: 'POST /me/mailFolders/inbox/childFolders',
    body: {
      '@odata.type': 'microsoft.graph.mailSearchFolder',
      displayName: 'Weekly digests',
      sourceFolderIds: ['inbox'],
      filterQuery: "contains(subject, 'weekly digest')",
    },
    status: 501,
  },
  {
    page: 'message-post-attachments',
    ask: 'POST /me/messages/{draft}/attachments',
    body: { '@odata.type': '#microsoft.graph.referenceAttachment', name: 'Link' },
    status: 400,
  },
];
