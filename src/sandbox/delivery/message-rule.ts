import type { Account } from '../store/store.js';

/** Under which name a mailbox's settings have its rules. */
const name = 'messageRules';

/** A recipient, as Graph writes one. */
export interface RuleAddress {
  readonly emailAddress: { readonly name?: string; readonly address: string };
}

/** A rule of an inbox: https://learn.microsoft.com/graph/api/resources/messagerule. Folders are named by the store's ids. */
export interface MessageRule {
  readonly id: string;
  readonly displayName: string;
  /** Lower ones come first. */
  readonly sequence: number;
  readonly isEnabled: boolean;
  readonly conditions: RuleConditions;
  readonly exceptions: RuleConditions;
  readonly actions: RuleActions;
}

/** https://learn.microsoft.com/graph/api/resources/messagerulepredicates */
export type RuleConditions = Readonly<Record<string, unknown>>;

/** https://learn.microsoft.com/graph/api/resources/messageruleactions */
export interface RuleActions {
  readonly assignCategories?: readonly string[];
  readonly copyToFolder?: string;
  readonly delete?: boolean;
  readonly forwardAsAttachmentTo?: readonly RuleAddress[];
  readonly forwardTo?: readonly RuleAddress[];
  readonly markAsRead?: boolean;
  readonly markImportance?: 'low' | 'normal' | 'high';
  readonly moveToFolder?: string;
  readonly permanentDelete?: boolean;
  readonly redirectTo?: readonly RuleAddress[];
  readonly stopProcessingRules?: boolean;
}

/** In the order in which they are applied. */
export function messageRules({ settings }: Account): readonly MessageRule[] {
  const rules = (settings.get(name) as readonly MessageRule[] | undefined) ?? [];
  return rules.toSorted((one, other) => one.sequence - other.sequence);
}

export function setMessageRules({ settings }: Account, rules: readonly MessageRule[]): void {
  settings.set(name, rules);
}
