import type { MessageRule, RuleActions, RuleConditions } from '../../delivery/message-rule.js';
import type { StoredFolder } from '../../store/store.js';
import { actionNames, predicates } from './inbox-rules.js';
import { childElements, find, textOf, type XmlElement, isTrue } from '../xml.js';

/** Why Exchange does not take a rule: of which field, by its codes. */
export class RuleFault extends Error {
  override readonly name = 'RuleFault';
  readonly field: string;
  readonly code: string;
  readonly value: string;

  constructor(field: string, code: string, value = '') {
    super(`${field}: ${code}`);
    this.field = field;
    this.code = code;
    this.value = value;
  }
}

type FolderOf = (id: XmlElement) => StoredFolder;

/** A rule as a client writes it, but for its id. @throws RuleFault */
export function readInboxRule(rule: XmlElement, folderOf: FolderOf): Omit<MessageRule, 'id'> {
  const displayName = textOf(find(rule, 'DisplayName')) ?? '';
  const sequence = Number(textOf(find(rule, 'Priority')));
  if (displayName === '') throw new RuleFault('DisplayName', 'EmptyValueFound');
  if (!Number.isInteger(sequence) || sequence < 1) throw new RuleFault('Priority', 'InvalidValue', String(sequence));
  const actions: RuleActions = readParts(find(rule, 'Actions'), actionNames, { kind: 'Action', folderOf });
  if (Object.keys(actions).length === 0) throw new RuleFault('Actions', 'MissingAction');
  const conditions = (name: string): RuleConditions =>
    readParts(find(rule, name), predicates, { kind: 'Condition', folderOf });
  return {
    displayName,
    sequence,
    isEnabled: isTrue(textOf(find(rule, 'IsEnabled'))),
    conditions: conditions('Conditions'),
    exceptions: conditions('Exceptions'),
    actions,
  };
}

function readParts(
  element: XmlElement | undefined,
  names: Readonly<Record<string, string>>,
  { kind, folderOf }: { readonly kind: 'Action' | 'Condition'; readonly folderOf: FolderOf },
): Record<string, unknown> {
  return Object.fromEntries(
    childElements(element).map((part) => {
      const name = Object.hasOwn(names, part.name) ? names[part.name] : undefined;
      const field = `${kind}:${part.name}`;
      if (!name) throw new RuleFault(field, 'UnsupportedRule');
      const value = valueOf(part, name, folderOf);
      if (value === '') throw new RuleFault(field, 'EmptyValueFound');
      return [name, value];
    }),
  );
}

function valueOf(part: XmlElement, name: string, folderOf: FolderOf): unknown {
  const [first, ...others] = childElements(part);
  if (name === 'moveToFolder' || name === 'copyToFolder') return folderIn(part, folderOf);
  if (name === 'withinSizeRange') {
    const [minimumSize, maximumSize] = ['MinimumSize', 'MaximumSize'].map((each) => numberAt(part, each));
    return { ...(minimumSize && { minimumSize }), ...(maximumSize && { maximumSize }) };
  }
  if (first?.name === 'String') return [first, ...others].map((each) => textOf(each));
  if (first?.name === 'Address') return [first, ...others].map(addressOf);
  const text = textOf(part).trim();
  if (/^(?:true|false|[01])$/.test(text)) return isTrue(text);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function folderIn(part: XmlElement, folderOf: FolderOf): string {
  const id = childElements(part)[0];
  try {
    if (id) return folderOf(id).id;
  } catch {
    // Whatever is wrong with it, it names no folder.
  }
  throw new RuleFault(`Action:${part.name}`, 'FolderDoesNotExist', id?.attributes['Id']);
}

function addressOf(element: XmlElement): unknown {
  const [name, address] = ['Name', 'EmailAddress'].map((each) => textOf(find(element, each)));
  if (!address?.includes('@')) throw new RuleFault('Actions', 'InvalidAddress', address);
  return { emailAddress: { ...(name && { name }), address } };
}

function numberAt(part: XmlElement, name: string): number | undefined {
  const text = textOf(find(part, name));
  return text === undefined ? undefined : Number(text);
}
