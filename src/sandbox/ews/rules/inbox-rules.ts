import type { MessageRule, RuleAddress } from '../../delivery/message-rule.js';
import type { Account } from '../../store/store.js';
import { folderIdNode } from '../folders/folder-properties.js';
import { xml, type XmlNode } from '../xml.js';

/** A rule as EWS shows it; what it has is named as in Graph. */
export function renderInboxRule(account: Account, rule: MessageRule): XmlNode {
  const { id, displayName, sequence, isEnabled, conditions, exceptions, actions } = rule;
  return xml(
    't:Rule',
    {},
    xml('t:RuleId', {}, id),
    xml('t:DisplayName', {}, displayName),
    xml('t:Priority', {}, sequence),
    xml('t:IsEnabled', {}, isEnabled),
    xml('t:Conditions', {}, parts(predicates, conditions, account)),
    xml('t:Exceptions', {}, parts(predicates, exceptions, account)),
    xml('t:Actions', {}, parts(actionNames, { ...actions }, account)),
  );
}

/** Graph's names by EWS's, in the order in which the schema wants them written. */
export const predicates: Readonly<Record<string, string>> = {
  Categories: 'categories',
  ContainsBodyStrings: 'bodyContains',
  ContainsHeaderStrings: 'headerContains',
  ContainsRecipientStrings: 'recipientContains',
  ContainsSenderStrings: 'senderContains',
  ContainsSubjectOrBodyStrings: 'bodyOrSubjectContains',
  ContainsSubjectStrings: 'subjectContains',
  FlaggedForAction: 'messageActionFlag',
  FromAddresses: 'fromAddresses',
  HasAttachments: 'hasAttachments',
  Importance: 'importance',
  IsApprovalRequest: 'isApprovalRequest',
  IsAutomaticForward: 'isAutomaticForward',
  IsAutomaticReply: 'isAutomaticReply',
  IsEncrypted: 'isEncrypted',
  IsMeetingRequest: 'isMeetingRequest',
  IsMeetingResponse: 'isMeetingResponse',
  IsNDR: 'isNonDeliveryReport',
  IsPermissionControlled: 'isPermissionControlled',
  IsReadReceipt: 'isReadReceipt',
  IsSigned: 'isSigned',
  IsVoicemail: 'isVoicemail',
  NotSentToMe: 'notSentToMe',
  SentCcMe: 'sentCcMe',
  SentOnlyToMe: 'sentOnlyToMe',
  SentToAddresses: 'sentToAddresses',
  SentToMe: 'sentToMe',
  SentToOrCcMe: 'sentToOrCcMe',
  Sensitivity: 'sensitivity',
  WithinSizeRange: 'withinSizeRange',
};

export const actionNames: Readonly<Record<string, string>> = {
  AssignCategories: 'assignCategories',
  CopyToFolder: 'copyToFolder',
  Delete: 'delete',
  ForwardAsAttachmentToRecipients: 'forwardAsAttachmentTo',
  ForwardToRecipients: 'forwardTo',
  MarkImportance: 'markImportance',
  MarkAsRead: 'markAsRead',
  MoveToFolder: 'moveToFolder',
  PermanentDelete: 'permanentDelete',
  RedirectToRecipients: 'redirectTo',
  StopProcessingRules: 'stopProcessingRules',
};

function parts(
  names: Readonly<Record<string, string>>,
  given: Readonly<Record<string, unknown>>,
  account: Account,
): XmlNode[] {
  return Object.entries(names).flatMap(([element, name]) => {
    const value = given[name];
    return value === undefined ? [] : [xml(`t:${element}`, {}, content(name, value, account))];
  });
}

function content(name: string, value: unknown, account: Account): XmlNode | readonly XmlNode[] | string {
  if (name === 'moveToFolder' || name === 'copyToFolder') return folderNode(account, String(value));
  if (name === 'withinSizeRange') {
    const { minimumSize = 0, maximumSize = 0 } = value as Readonly<Record<string, number>>;
    return [xml('t:MinimumSize', {}, minimumSize), xml('t:MaximumSize', {}, maximumSize)];
  }
  if (Array.isArray(value))
    return value.map((each: unknown) => (isAddress(each) ? address(each) : xml('t:String', {}, String(each))));
  const text = String(value);
  return typeof value === 'string' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Nothing where the folder is gone. */
function folderNode(account: Account, id: string): readonly XmlNode[] {
  const folder = account.folderById(id);
  return folder ? [folderIdNode(folder.id)] : [];
}

function isAddress(value: unknown): value is RuleAddress {
  return typeof value === 'object' && value !== null && 'emailAddress' in value;
}

function address({ emailAddress }: RuleAddress): XmlNode {
  return xml(
    't:Address',
    {},
    xml('t:Name', {}, emailAddress.name ?? ''),
    xml('t:EmailAddress', {}, emailAddress.address),
  );
}
