export { ExchangeError, type ExchangeErrorCode } from './errors.js';
export { Exchange } from './fixtures/exchange.js';
export { expect } from './fixtures/expect.js';
export type { ReceiveOptions } from './fixtures/matchers/to-receive.js';
export type { ExchangeOptions } from './fixtures/options.js';
export { test, type ExchangeFixtures, type ExchangeWorkerFixtures } from './fixtures/test.js';
export type { MailboxViewOptions } from './mail/connection.js';
export type { WaitOptions } from './async/deadline.js';
export type { Forward } from './mail/message/answering/forward.js';
export type { Unsubscribe } from './mail/message/answering/read-unsubscribe.js';
export type { Reply } from './mail/message/answering/reply.js';
export type { Authentication } from './mail/message/authentication/authentication.js';
export type { Invite } from './mail/message/calendar/invite.js';
export type { InviteResponse } from './mail/message/calendar/respond.js';
export type { AttachmentFilter } from './mail/message/filter/attachment-field.js';
export type { MessageFilter } from './mail/message/filter/filter.js';
export type { CodeOptions } from './mail/message/code/code-options.js';
export type { Link } from './mail/message/links/link.js';
export { Mailbox, type FindOptions } from './mail/mailbox.js';
export { Message } from './mail/message/message.js';
export type {
  OutgoingAttachment,
  OutgoingCalendar,
  OutgoingMessage,
  Recipients,
  SentMessage,
} from './mail/message/outgoing.js';
export type { Attachment } from './mail/message/attachment.js';
export type { Headers } from './mail/message/headers.js';
export type { Report } from './mail/message/reports/report.js';
export type { ShownMessage } from './mail/message/show-message.js';
export type { OpenOptions } from './mail/message/shown/open-options.js';
export type { BlockedContent } from './mail/message/shown/shown-mail.js';
export { Subscription } from './mail/following/subscription.js';
export type { TextPattern } from './mail/message/text-pattern.js';
export type { Address, FolderPath, WellKnownFolder } from './mail/transport.js';
