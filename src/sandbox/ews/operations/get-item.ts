import { answerEach } from '../soap.js';
import { listedIds, resolveMessage, type Operation } from '../context.js';
import { readItemShape, renderItem } from '../item-shape.js';
import { find, xml } from '../xml.js';

export const getItem: Operation = (request, context) => {
  const shape = readItemShape(find(request, 'ItemShape'), 'item');
  return answerEach(
    'GetItem',
    listedIds(request, 'ItemIds'),
    async (id) => xml('m:Items', {}, await renderItem(resolveMessage(id, context), shape)),
    xml('m:Items', {}),
  );
};
