import type { MessageRule, RuleActions, RuleConditions } from '../../delivery/message-rule.js';
import { conditionNames } from '../../delivery/rule-conditions.js';
import type { Account } from '../../store/store.js';
import { findFolder } from '../folders/folder-names.js';
import { badRequest, unknownProperty } from '../graph-error.js';
import { isRecord } from '../graph-request.js';
import { folderId } from '../ids.js';

type Json = Readonly<Record<string, unknown>>;

/** A rule as JSON. https://learn.microsoft.com/graph/api/resources/messagerule */
export function renderRule(account: Account, rule: MessageRule): Json {
  const { id, displayName, sequence, isEnabled, conditions, exceptions, actions } = rule;
  const folders = Object.entries(actions).map(([name, value]) => {
    const folder = folderActions.has(name) ? account.folderById(String(value)) : undefined;
    return [name, folder ? folderId(folder) : value];
  });
  return {
    id,
    displayName,
    sequence,
    isEnabled,
    hasError: false,
    isReadOnly: false,
    ...(Object.keys(conditions).length > 0 && { conditions }),
    actions: Object.fromEntries(folders) as Json,
    ...(Object.keys(exceptions).length > 0 && { exceptions }),
  };
}

/** What a rule becomes by what is set of it. @throws GraphError BadRequest and its like */
export function editRule(rule: MessageRule, json: Json, account: Account): MessageRule {
  const { displayName = rule.displayName, sequence = rule.sequence, isEnabled = rule.isEnabled } = json;
  if (typeof displayName !== 'string' || !displayName) throw badRequest("The property 'displayName' is required.");
  if (typeof sequence !== 'number' || !Number.isInteger(sequence))
    throw badRequest("The property 'sequence' has to be a whole number.");
  const actions = json['actions'] === undefined ? rule.actions : readActions(json['actions'], account);
  if (Object.keys(actions).length === 0) throw badRequest("The property 'actions' is required.");
  return {
    id: rule.id,
    displayName,
    sequence,
    isEnabled: isEnabled !== false,
    conditions: json['conditions'] === undefined ? rule.conditions : readConditions(json['conditions']),
    exceptions: json['exceptions'] === undefined ? rule.exceptions : readConditions(json['exceptions']),
    actions,
  };
}

const folderActions = new Set(['moveToFolder', 'copyToFolder']);
const addressLists = new Set(['forwardTo', 'forwardAsAttachmentTo', 'redirectTo', 'fromAddresses', 'sentToAddresses']);
const flags = new Set(['delete', 'markAsRead', 'permanentDelete', 'stopProcessingRules']);
const others = new Set(['assignCategories', 'markImportance']);

function readActions(value: unknown, account: Account): RuleActions {
  return Object.fromEntries(
    present(value).map(([name, given]) => {
      if (addressLists.has(name)) checkAddresses(name, given);
      else if (!folderActions.has(name) && !flags.has(name) && !others.has(name))
        throw unknownProperty(name, 'microsoft.graph.messageRuleActions');
      return [name, folderActions.has(name) ? findFolder(account, String(given)).id : given];
    }),
  );
}

function readConditions(value: unknown): RuleConditions {
  const entries = present(value);
  const wrong = entries.find(([name]) => !conditionNames.has(name));
  if (wrong) throw unknownProperty(wrong[0], 'microsoft.graph.messageRulePredicates');
  for (const [name, given] of entries) {
    if (addressLists.has(name)) checkAddresses(name, given);
    if (name === 'withinSizeRange' && !isRecord(given))
      throw badRequest("The property 'withinSizeRange' has to be a range.");
  }
  return Object.fromEntries(entries);
}

function checkAddresses(name: string, value: unknown): void {
  const isAddress = (each: unknown) =>
    isRecord(each) && isRecord(each['emailAddress']) && typeof each['emailAddress']['address'] === 'string';
  if (!Array.isArray(value) || !value.every(isAddress))
    throw badRequest(`The property '${name}' has to list recipients.`);
}

function present(value: unknown): (readonly [string, unknown])[] {
  return Object.entries(isRecord(value) ? value : {}).filter(([name, given]) => !name.includes('@') && given !== null);
}
