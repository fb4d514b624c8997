import { answerEach } from '../soap.js';
import { listedIds, resolveMailFolder, resolveMessage, type Operation } from '../context.js';
import { EwsError } from '../ews-error.js';
import { isCurrent } from '../ids.js';
import { submit } from '../items/submit.js';
import { childElements, find, isTrue } from '../xml.js';

export const sendItem: Operation = (request, context) => {
  const saves = isTrue(request.attributes['SaveItemToFolder']);
  const target = childElements(find(request, 'SavedItemFolderId'))[0];
  if (target && !saves) throw new EwsError('ErrorInvalidSendItemSaveSettings', { fault: true });
  return answerEach('SendItem', listedIds(request, 'ItemIds'), async (id) => {
    const message = resolveMessage(id, context);
    if (!id.attributes['ChangeKey']) throw new EwsError('ErrorChangeKeyRequired');
    if (!isCurrent(id, message)) throw new EwsError('ErrorStaleObject');
    const folder = target ? resolveMailFolder(target, context) : message.folder.account.folder('sentitems');
    const source = await submit(context.store, message.folder.account, message.source);
    message.folder.remove(message);
    if (saves) folder.add({ source, flags: ['\\Seen'], properties: message.properties, searchKey: message.searchKey });
    return undefined;
  });
};
