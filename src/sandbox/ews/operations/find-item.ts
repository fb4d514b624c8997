import { answerEach } from '../soap.js';
import { listedIds, resolveFolder, type Operation } from '../context.js';
import { schemaViolation } from '../ews-error.js';
import { findItems } from '../finding/find-items.js';
import { groupItems } from '../finding/group-items.js';
import { readItemShape, renderItem, type ItemShape } from '../items/item-shape.js';
import { messageValue } from '../finding/message-value.js';
import { page } from '../finding/paging.js';
import { compile, type Predicate } from '../finding/restriction.js';
import { childElements, find, xml, type XmlElement, type XmlNode } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

/** Nothing is there that was deleted softly, or is associated with a folder. */
const traversals = new Set(['Shallow', 'SoftDeleted', 'Associated']);

export const findItem: Operation = (request, context) => {
  const shape = readItemShape(find(request, 'ItemShape'), 'listing', context.version);
  const traversal = request.attributes['Traversal'] ?? '';
  if (!traversals.has(traversal)) throw schemaViolation("The 'Traversal' attribute is invalid.");
  return answerEach('FindItem', listedIds(request, 'ParentFolderIds'), async (id) => {
    // Above the top of what people see there is nothing but folders.
    const { stored } = resolveFolder(id, context);
    const all = traversal === 'Shallow' && stored ? await findItems(request, stored) : [];
    const { entries, attributes } = await page(request, all, seek);
    return xml('m:RootFolder', { ...attributes }, await itemsOrGroups(request, entries, shape));
  });
};

function seek(condition: XmlElement | undefined): Predicate<StoredMessage> {
  const expression = childElements(condition)[0];
  if (!expression) throw schemaViolation("The element 'Condition' has incomplete content.");
  return compile(expression, messageValue);
}

async function itemsOrGroups(
  request: XmlElement,
  messages: readonly StoredMessage[],
  shape: ItemShape,
): Promise<XmlNode> {
  const items = async (some: readonly StoredMessage[]) =>
    xml('t:Items', {}, await Promise.all(some.map((message) => renderItem(message, shape))));
  const groupBy = find(request, 'GroupBy') ?? find(request, 'DistinguishedGroupBy');
  if (!groupBy) return await items(messages);
  const groups = await groupItems(groupBy, messages);
  const nodes = await Promise.all(
    groups.map(async ({ name, items: members }) =>
      xml('t:GroupedItems', {}, xml('t:GroupIndex', {}, name), await items(members)),
    ),
  );
  return xml('t:Groups', {}, nodes);
}
