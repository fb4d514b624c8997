import { SaxesParser } from 'saxes';

/** Every field of a JSON text or of an XML document with its type: `error.code: string`, `Envelope/Body/Fault`. */
export function shapeOf(text: string): string[] {
  const shape = text.startsWith('<') ? xmlPaths(text) : jsonPaths(JSON.parse(text), '');
  return [...new Set(shape)].toSorted((one, other) => one.localeCompare(other));
}

function jsonPaths(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return [`${path}[]`, ...value.flatMap((each) => jsonPaths(each, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([name, each]) => jsonPaths(each, `${path}.${name}`));
}

/** Names with their namespaces, whatever the prefixes; attributes that declare namespaces are left out. */
function xmlPaths(text: string): string[] {
  const [paths, open]: [string[], string[]] = [[], []];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, uri, attributes }) => {
    open.push(`{${uri.split('/').at(-1)}}${local}`);
    const own = Object.values(attributes).filter(({ prefix, local: name }) => prefix !== 'xmlns' && name !== 'xmlns');
    paths.push(open.join('/'), ...own.map(({ name }) => `${open.join('/')}@${name}`));
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return paths;
}
