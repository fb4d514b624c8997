import { cannotConvert, unreadableBody, type GraphError } from '../graph-error.js';

/** What the JSON of a property is: a primitive, an object by what is known of its fields, or a collection of either. */
export type Kind = Primitive | Fields | readonly [Kind];

export interface Fields {
  readonly [name: string]: Kind;
}

type Primitive = keyof typeof primitives;

const primitives = {
  string: { type: 'Edm.String', accepts: (value: unknown) => typeof value === 'string' },
  boolean: { type: 'Edm.Boolean', accepts: (value: unknown) => typeof value === 'boolean' },
  number: {
    type: 'Edm.Int32',
    accepts: (value: unknown) => Number.isInteger(value) && Number(value) === (Number(value) | 0),
  },
  date: {
    type: 'Edm.DateTimeOffset',
    accepts: (value: unknown) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  },
} as const;

/**
 * Anything may be null, except a text, number ... in a collection: what Graph makes of that is not documented, and no text says null.
 * @throws GraphError RequestBodyRead where a value is of another kind, in the words of OData's reader
 */
export function checkKind(name: string, value: unknown, kind: Kind): void {
  if (value === null) return;
  const [found, wanted] = [nodeOf(value), wantedNode(kind)];
  if (found !== wanted)
    throw unreadableBody(
      `An unexpected '${found}' node was found for property named '${name}' when reading from the JSON reader. A '${wanted}' node was expected.`,
    );
  if (isCollection(kind)) for (const each of value as unknown[]) checkMember(name, each, kind[0]);
  else if (typeof kind === 'string') checkPrimitive(value, primitives[kind]);
  else checkFields(value as object, kind);
}

function checkMember(name: string, value: unknown, kind: Kind): void {
  if (value === null && typeof kind === 'string') throw noNull(primitives[kind].type);
  checkKind(name, value, kind);
}

function noNull(type: string): GraphError {
  const expected = `expected type '${type}[Nullable=False]'`;
  return unreadableBody(`A null value was found with the ${expected}. The ${expected} does not allow null values.`);
}

/** Fields are read whatever their case. */
function checkFields(value: object, fields: Fields): void {
  const kinds = new Map(Object.entries(fields).map(([name, kind]) => [name.toLowerCase(), kind]));
  for (const [name, each] of Object.entries(value)) {
    const kind = kinds.get(name.toLowerCase());
    if (kind) checkKind(name, each, kind);
  }
}

function checkPrimitive(value: unknown, { type, accepts }: (typeof primitives)[Primitive]): void {
  if (!accepts(value)) throw cannotConvert(value, type);
}

function isCollection(kind: Kind): kind is readonly [Kind] {
  return Array.isArray(kind);
}

function wantedNode(kind: Kind): string {
  if (isCollection(kind)) return 'StartArray';
  return typeof kind === 'string' ? 'PrimitiveValue' : 'StartObject';
}

function nodeOf(value: unknown): string {
  if (Array.isArray(value)) return 'StartArray';
  return typeof value === 'object' ? 'StartObject' : 'PrimitiveValue';
}

// Kinds that several resources have properties of.

/** https://learn.microsoft.com/graph/api/resources/emailaddress */
export const emailAddress = { name: 'string', address: 'string' } as const;

/** https://learn.microsoft.com/graph/api/resources/recipient */
export const recipient = { emailAddress } as const;

/** https://learn.microsoft.com/graph/api/resources/itembody */
export const itemBody = { contentType: 'string', content: 'string' } as const;

/** https://learn.microsoft.com/graph/api/resources/datetimetimezone */
export const dateTimeTimeZone = { dateTime: 'string', timeZone: 'string' } as const;
