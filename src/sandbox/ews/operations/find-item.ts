import { answerEach } from '../soap.js';
import { listedIds, resolveMailFolder, type Operation } from '../context.js';
import { EwsError } from '../ews-error.js';
import { findItems } from '../find-items.js';
import { readItemShape, renderItem } from '../item-shape.js';
import { page } from '../paging.js';
import { find, xml } from '../xml.js';

export const findItem: Operation = (request, context) => {
  if (find(request, 'QueryString')) {
    throw new EwsError('ErrorInvalidRequest', { fault: true, message: 'This server does not search by QueryString.' });
  }
  const shape = readItemShape(find(request, 'ItemShape'), 'listing');
  return answerEach('FindItem', listedIds(request, 'ParentFolderIds'), async (id) => {
    const folder = resolveMailFolder(id, context);
    const isShallow = (request.attributes['Traversal'] ?? 'Shallow') === 'Shallow';
    const { entries, attributes } = page(request, isShallow ? await findItems(request, folder) : []);
    const items = await Promise.all(entries.map((message) => renderItem(message, shape)));
    return xml('m:RootFolder', { ...attributes }, xml('t:Items', {}, items));
  });
};
