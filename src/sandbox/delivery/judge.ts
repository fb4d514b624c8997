import { parseMail } from '../message/parse-mail.js';
import { categoriesProperty } from '../message/derived-properties.js';
import { addresses } from '../message/draft.js';
import type { Account, PropertyValue, StoredFolder } from '../store/store.js';
import { classify, ownInference } from './inference-overrides.js';
import { messageRules, type MessageRule, type RuleAddress } from './message-rule.js';
import { allHold, anyHolds } from './rule-conditions.js';

/** Where a client's own say on a message's importance is kept. */
export const ownImportance = 'graph:importance';

/** What becomes of a mail that comes to a mailbox. */
export interface Verdict {
  /** Nothing for the inbox. */
  folder?: StoredFolder;
  /** It is thrown away. */
  isDropped?: boolean;
  readonly flags: string[];
  readonly properties: Map<string, PropertyValue>;
  readonly copies: StoredFolder[];
  readonly forwards: string[];
  readonly attached: string[];
  readonly redirects: string[];
}

/** Applies what a mailbox's owner has set: who goes to Focused, and the rules of the inbox. Nothing where nothing is. */
export async function judge(account: Account, source: Buffer): Promise<Verdict | undefined> {
  if (account.settings.size === 0) return undefined;
  const mail = await parseMail(source);
  const properties = new Map<string, PropertyValue>();
  const verdict: Verdict = { flags: [], properties, copies: [], forwards: [], attached: [], redirects: [] };
  const inference = classify(account, addresses(mail.from)[0]?.address);
  if (inference !== undefined) properties.set(ownInference, inference);
  const incoming = { source, mail, owner: account.address };
  for (const rule of messageRules(account)) {
    const { isEnabled, conditions, exceptions, actions } = rule;
    if (!isEnabled || !allHold(conditions, incoming) || anyHolds(exceptions, incoming)) continue;
    apply(rule, verdict, account);
    if (actions.stopProcessingRules) break;
  }
  return verdict;
}

function apply({ actions }: MessageRule, verdict: Verdict, account: Account): void {
  const { moveToFolder, copyToFolder, assignCategories, markImportance } = actions;
  const [move, copy] = [moveToFolder, copyToFolder].map((id) =>
    id === undefined ? undefined : account.folderById(id),
  );
  if (move) verdict.folder = move;
  if (actions.delete) verdict.folder = account.folder('deleteditems');
  if (actions.permanentDelete) verdict.isDropped = true;
  if (copy) verdict.copies.push(copy);
  if (actions.markAsRead) verdict.flags.push('\\Seen');
  if (assignCategories) {
    const before = [verdict.properties.get(categoriesProperty) ?? []].flat();
    verdict.properties.set(categoriesProperty, [...new Set([...before, ...assignCategories])]);
  }
  if (markImportance) verdict.properties.set(ownImportance, markImportance);
  verdict.forwards.push(...recipients(actions.forwardTo));
  verdict.attached.push(...recipients(actions.forwardAsAttachmentTo));
  verdict.redirects.push(...recipients(actions.redirectTo));
}

function recipients(list: readonly RuleAddress[] = []): string[] {
  return list.map(({ emailAddress }) => emailAddress.address);
}
