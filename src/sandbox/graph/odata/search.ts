import { badRequest } from '../graph-error.js';

/** What `$search` looks in, by property; texts in lower case. */
export type SearchTexts = Readonly<Record<string, readonly string[]>>;

/** Properties that a search may name: https://learn.microsoft.com/graph/search-query-parameter */
const properties: Readonly<Record<string, readonly string[]>> = {
  attachment: ['attachment'],
  bcc: ['bcc'],
  body: ['body'],
  cc: ['cc'],
  from: ['from'],
  participants: ['from', 'to', 'cc', 'bcc'],
  recipients: ['to', 'cc', 'bcc'],
  subject: ['subject'],
  to: ['to'],
};

const byDefault = ['from', 'subject', 'body'];

/** Reads a `$search`: words that must all be found, each perhaps in one property. @throws GraphError BadRequest */
export function parseSearch(search: string): (texts: SearchTexts) => boolean {
  const [, quoted] = /^\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(search) ?? [];
  const clause = (quoted?.replace(/\\(.)/g, '$1') ?? search).replace(/\s+AND\s+/g, ' ');
  const terms = [...clause.matchAll(/(?:([A-Za-z]+):)?(?:"([^"]*)"|(\S+))/g)].map(([, name, phrase, word = '']) => ({
    fields: fieldsOf(name),
    text: (phrase ?? word).toLowerCase(),
  }));
  if (terms.length === 0) throw badRequest(`Syntax error: '${search}' is not a valid $search.`);
  return (texts) =>
    terms.every(({ fields, text }) => fields.some((field) => (texts[field] ?? []).some((each) => each.includes(text))));
}

function fieldsOf(name: string | undefined): readonly string[] {
  if (name === undefined) return byDefault;
  const fields = Object.hasOwn(properties, name.toLowerCase()) ? properties[name.toLowerCase()] : undefined;
  if (!fields) throw badRequest(`The property '${name}' cannot be searched.`);
  return fields;
}
