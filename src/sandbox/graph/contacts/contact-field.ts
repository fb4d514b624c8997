import { node, nodesIn, readNode, textAt, type StoredNode } from '../../calendar/stored-node.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { GraphError } from '../graph-error.js';
import { fieldOf } from '../graph-request.js';
import { emailAddress, type Kind } from '../odata/kinds.js';

type Kept = Pick<StoredMessage, 'properties'>;
type Property = readonly [uri: string, value: PropertyValue | undefined];

/** A property of a contact, and how it is kept as EWS keeps it. */
export interface ContactField {
  readonly kind: Kind;
  readonly read: (contact: Kept) => unknown;
  /** What is kept of a value, beside what is kept already. @throws GraphError */
  readonly write: (value: unknown, kept: Kept) => Property[];
}

function uriOf(name: string): string {
  return name.includes(':') ? name : `contacts:${name}`;
}

function kept({ properties }: Kept, name: string): string | undefined {
  const value = properties.get(uriOf(name));
  return typeof value === 'string' ? value : undefined;
}

/** Nothing for what is emptied. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function textField(name: string): ContactField {
  return {
    kind: 'string',
    read: (contact) => kept(contact, name) ?? null,
    write: (value) => [[uriOf(name), text(value)]],
  };
}

export function dateField(name: string): ContactField {
  return {
    kind: 'date',
    read: (contact) => kept(contact, name)?.replace('.000Z', 'Z') ?? null,
    write: (value) => {
      const date = text(value);
      return [[uriOf(name), date && new Date(date).toISOString()]];
    },
  };
}

/** The entries of one of EWS's lists, by their keys. */
function entriesOf(contact: Kept, list: string): Map<string, StoredNode> {
  return new Map(
    nodesIn(readNode(contact.properties.get(uriOf(list)))).map((each) => [each.attributes['Key'] ?? '', each]),
  );
}

/** A list with some of its entries replaced, or taken away. */
function withEntries(contact: Kept, list: string, changed: ReadonlyMap<string, StoredNode | undefined>): Property[] {
  const entries = [...new Map([...entriesOf(contact, list), ...changed]).values()].filter((each) => each !== undefined);
  return [[uriOf(list), entries.length > 0 ? JSON.stringify(node(list, ...entries)) : undefined]];
}

function entry(key: string, content: StoredNode['content'], attributes: StoredNode['attributes'] = {}): StoredNode {
  return { name: 't:Entry', attributes: { Key: key, ...attributes }, content };
}

function contentOf(found: StoredNode | undefined): string | undefined {
  return (
    found?.content
      .filter((child) => typeof child === 'string')
      .join('')
      .trim() || undefined
  );
}

/** Texts that are kept under keys of their own. */
export function listField(list: string, keys: readonly string[]): ContactField {
  return {
    kind: ['string'],
    read: (contact) => {
      const entries = entriesOf(contact, list);
      return keys.flatMap((key) => contentOf(entries.get(key)) ?? []);
    },
    write: (value, contact) => {
      const given = [value ?? []].flat().flatMap((each) => text(each) ?? []);
      if (given.length > keys.length) throw tooMany(keys.length);
      return withEntries(
        contact,
        list,
        new Map(keys.map((key, index) => [key, given[index] === undefined ? undefined : entry(key, [given[index]])])),
      );
    },
  };
}

export function firstOf({ read, write }: ContactField): ContactField {
  return { kind: 'string', read: (contact) => (read(contact) as string[])[0] ?? null, write };
}

export function childrenField(): ContactField {
  return {
    kind: ['string'],
    read: (contact) =>
      nodesIn(readNode(contact.properties.get('contacts:Children'))).flatMap((child) => contentOf(child) ?? []),
    write: (value) => {
      const names = [value ?? []].flat().flatMap((each) => text(each) ?? []);
      const all = node('Children', ...names.map((name) => node('String', name)));
      return [['contacts:Children', names.length > 0 ? JSON.stringify(all) : undefined]];
    },
  };
}

const emailKeys = ['EmailAddress1', 'EmailAddress2', 'EmailAddress3'];

export function emailField(): ContactField {
  return {
    kind: [emailAddress],
    read: (contact) => {
      const entries = entriesOf(contact, 'EmailAddresses');
      return emailKeys.flatMap((key) => {
        const address = contentOf(entries.get(key));
        return address === undefined ? [] : { name: entries.get(key)?.attributes['Name'] ?? address, address };
      });
    },
    write: (value, contact) => {
      const given = [value ?? []].flat();
      if (given.length > emailKeys.length) throw tooMany(emailKeys.length);
      const entries = emailKeys.map(
        (key, index) => [key, index < given.length ? emailEntry(key, given[index]) : undefined] as const,
      );
      return withEntries(contact, 'EmailAddresses', new Map(entries));
    },
  };
}

/** Nothing for an empty address. */
function emailEntry(key: string, value: unknown): StoredNode | undefined {
  const [address, name] = [text(fieldOf(value, 'address')), text(fieldOf(value, 'name') ?? null)];
  return address === undefined ? undefined : entry(key, [address], { Name: name ?? address, RoutingType: 'SMTP' });
}

/** Graph's names of an address's parts, and EWS's, in its order. */
const addressParts = [
  ['street', 'Street'],
  ['city', 'City'],
  ['state', 'State'],
  ['countryOrRegion', 'CountryOrRegion'],
  ['postalCode', 'PostalCode'],
] as const;

export function addressField(key: string): ContactField {
  return {
    kind: Object.fromEntries(addressParts.map(([name]) => [name, 'string'])),
    read: (contact) => {
      const found = entriesOf(contact, 'PhysicalAddresses').get(key);
      return Object.fromEntries(
        addressParts.flatMap(([name, part]) => {
          const value = textAt(found, part);
          return value ? [[name, value]] : [];
        }),
      );
    },
    write: (value, contact) => {
      const parts = addressParts.flatMap(([name, part]) => {
        const given = text(fieldOf(value, name) ?? null);
        return given === undefined ? [] : node(part, given);
      });
      return withEntries(
        contact,
        'PhysicalAddresses',
        new Map([[key, parts.length > 0 ? entry(key, parts) : undefined]]),
      );
    },
  };
}

function tooMany(most: number): GraphError {
  return new GraphError(400, 'ErrorInvalidProperty', { message: `A contact has at most ${most} of these.` });
}
