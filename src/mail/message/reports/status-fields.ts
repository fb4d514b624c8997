import { decodeWords } from '../mime/header-text.js';
import { readFields } from '../mime/read-fields.js';

/** Groups of one report that are read: a group a recipient. */
const mostGroups = 1000;

/** The fields of a group, decoded, by lower-case name; the first of a name. */
export type StatusFields = ReadonlyMap<string, string>;

/** The groups of fields that a report is made of (RFC 3464 section 2.1), an empty line between them. */
export function readStatusFields(content: Buffer): StatusFields[] {
  const groups: StatusFields[] = [];
  for (let at = 0; at < content.length && groups.length < mostGroups;) {
    const { fields, end } = readFields(content, at, () => false);
    if (end <= at) break;
    at = end;
    if (fields.length === 0) continue;
    const group = new Map<string, string>();
    for (const { name, value } of fields) {
      const text = decodeWords(Buffer.from(value, 'latin1').toString()).trim();
      if (!group.has(name)) group.set(name, text);
    }
    groups.push(group);
  }
  return groups;
}

/** What stands after the type: of `rfc822; ada@contoso.com` the address; empty where there is no such field. */
export function typed(fields: StatusFields | undefined, name: string): string {
  const value = fields?.get(name) ?? '';
  return value
    .slice(value.indexOf(';') + 1)
    .trim()
    .replace(/^<(.*)>$/s, '$1');
}
