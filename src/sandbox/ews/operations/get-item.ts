import { unreadableCode, unreadableText } from '../../message/unreadable.js';
import type { StoredMessage } from '../../store/store.js';
import { answerEach } from '../soap.js';
import { listedIds, resolveMessage, type Operation, type RequestContext } from '../context.js';
import { EwsError } from '../ews-error.js';
import { asksForMime, readItemShape, renderItem } from '../items/item-shape.js';
import { find, xml } from '../xml.js';

export const getItem: Operation = (request, context) => {
  const wanted = find(request, 'ItemShape');
  const shape = readItemShape(wanted, 'item', context.version);
  return answerEach(
    'GetItem',
    listedIds(request, 'ItemIds'),
    async (id) => {
      const message = resolveMessage(id, context);
      await refuseUnreadable(message, context, asksForMime(wanted));
      return xml('m:Items', {}, await renderItem(message, shape));
    },
    xml('m:Items', {}),
  );
};

async function refuseUnreadable(message: StoredMessage, { faults }: RequestContext, wantsMime: boolean): Promise<void> {
  const code = await unreadableCode(faults, message, wantsMime ? 'source' : 'envelope');
  if (code) throw new EwsError(code, { message: unreadableText });
}
