import type { StoredMessage } from '../../store/store.js';
import { badRequest, GraphError, itemNotFound } from '../graph-error.js';
import { isRecord } from '../graph-request.js';

// Data of an app's own on a message: https://learn.microsoft.com/graph/api/resources/opentypeextension

type Json = Readonly<Record<string, unknown>>;

/** What the names begin with under which the store keeps them, and in full their ids. */
const prefix = 'microsoft.graph.openTypeExtension.';

export function openExtensions({ properties }: StoredMessage): Json[] {
  return [...properties].flatMap(([key, value]) => (key.startsWith(prefix) ? [shown(key, String(value))] : []));
}

/** By its name, or by its id. @throws GraphError ErrorItemNotFound */
export function openExtension(message: StoredMessage, nameOrId: string): Json {
  const key = keyOf(nameOrId);
  const value = message.properties.get(key);
  if (value === undefined) throw itemNotFound();
  return shown(key, String(value));
}

/** Puts one onto a message; `extensionName` says which. @throws GraphError BadRequest */
export function addOpenExtension(message: StoredMessage, given: unknown): Json {
  const { extensionName, ...rest } = isRecord(given) ? given : {};
  const type = rest['@odata.type'];
  if (typeof type !== 'string' || !/^#?microsoft\.graph\.opentypeextension$/i.test(type))
    throw badRequest("An extension has to have the '@odata.type' 'microsoft.graph.openTypeExtension'.");
  if (typeof extensionName !== 'string' || !extensionName)
    throw badRequest("The property 'extensionName' is required.");
  if (message.properties.has(keyOf(extensionName)))
    throw new GraphError(409, 'Conflict', { message: `The extension '${extensionName}' exists already.` });
  return write(message, extensionName, rest);
}

/** Sets what is given, and leaves the rest. */
export function updateOpenExtension(message: StoredMessage, nameOrId: string, change: Json): Json {
  const before = openExtension(message, nameOrId);
  return write(message, String(before['extensionName']), { ...before, ...change });
}

export function removeOpenExtension(message: StoredMessage, nameOrId: string): void {
  openExtension(message, nameOrId);
  message.folder.setProperty(message, keyOf(nameOrId), undefined);
}

function write(message: StoredMessage, extensionName: string, content: Json): Json {
  const data = Object.entries(content).filter(
    ([name]) => !name.includes('@') && !['id', 'extensionName'].includes(name),
  );
  const key = keyOf(extensionName);
  message.folder.setProperty(message, key, JSON.stringify({ extensionName, ...Object.fromEntries(data) }));
  return openExtension(message, key);
}

function keyOf(nameOrId: string): string {
  return nameOrId.startsWith(prefix) ? nameOrId : prefix + nameOrId;
}

function shown(key: string, value: string): Json {
  return { '@odata.type': '#microsoft.graph.openTypeExtension', ...(JSON.parse(value) as Json), id: key };
}
