import { answerEach } from '../soap.js';
import { resolveFolder, type Operation, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import type { EwsFolder } from '../folders/folder-tree.js';
import { childElements, copyOf, find, isNode, isTrue, textOf, xml, type XmlElement, type XmlNode } from '../xml.js';

// What programs keep with a folder under a name: Outlook its categories, others what they like.

export const createUserConfiguration: Operation = (request, context) =>
  answerEach('CreateUserConfiguration', [find(request, 'UserConfiguration')], (given) => {
    const { folder, key } = placeOf(find(given, 'UserConfigurationName'), context);
    if (folder.account.settings.has(key)) throw new EwsError('ErrorItemSave');
    write(folder, key, given!);
    return undefined;
  });

export const updateUserConfiguration: Operation = (request, context) =>
  answerEach('UpdateUserConfiguration', [find(request, 'UserConfiguration')], (given) => {
    const { folder, key } = existing(find(given, 'UserConfigurationName'), context);
    write(folder, key, given!);
    return undefined;
  });

export const deleteUserConfiguration: Operation = (request, context) =>
  answerEach('DeleteUserConfiguration', [find(request, 'UserConfigurationName')], (name) => {
    const { folder, key } = existing(name, context);
    folder.account.settings.delete(key);
    return undefined;
  });

export const getUserConfiguration: Operation = (request, context) =>
  answerEach('GetUserConfiguration', [find(request, 'UserConfigurationName')], (name) => {
    const { folder, key } = existing(name, context);
    const wanted = textOf(find(request, 'UserConfigurationProperties')) ?? 'All';
    const parts = (folder.account.settings.get(key) as readonly XmlNode[]).filter(
      (part) => wanted === 'All' || wanted.split(/\s+/).includes(part.name.slice(2)),
    );
    return xml('m:UserConfiguration', {}, copyOf(name!), parts);
  });

function existing(name: XmlElement | undefined, context: RequestContext): ReturnType<typeof placeOf> {
  const place = placeOf(name, context);
  if (!place.folder.account.settings.has(place.key)) throw new EwsError('ErrorItemNotFound');
  return place;
}

/** Where it is kept: by the folder and the name. */
function placeOf(
  name: XmlElement | undefined,
  context: RequestContext,
): { readonly folder: EwsFolder; readonly key: string } {
  const id = childElements(name)[0];
  const own = name?.attributes['Name'];
  if (!id || !own) throw schemaViolation("The element 'UserConfigurationName' is invalid.");
  const folder = resolveFolder(id, context);
  return { folder, key: `userConfiguration/${folder.id}/${own}` };
}

/** Booleans are given back in words, however they came. */
function withPlainBooleans(node: XmlNode): XmlNode {
  const content = node.content.map((part) => (isNode(part) ? withPlainBooleans(part) : part));
  const [type, value] = content;
  const isBoolean = isNode(type) && isNode(value) && type.name === 't:Type' && type.content[0] === 'Boolean';
  if (!isBoolean) return { ...node, content };
  const [text] = value.content;
  return { ...node, content: [type, { ...value, content: [typeof text === 'string' && isTrue(text)] }] };
}

function write({ account }: EwsFolder, key: string, given: XmlElement): void {
  const parts = childElements(given).filter(({ name }) => name !== 'UserConfigurationName');
  account.settings.set(key, parts.map(copyOf).map(withPlainBooleans));
}
