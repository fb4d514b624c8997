import { answerEach } from '../soap.js';
import { listedIds, resolveMailFolder, type Operation, type RequestContext } from '../context.js';
import { EwsError } from '../ews-error.js';
import { itemIdNode } from '../ids.js';
import { readAttachments } from '../item-attachments.js';
import { editedSource, newItem, type ItemEdit } from '../item-edit.js';
import { submit } from '../submit.js';
import { childElements, find, xml, type XmlElement, type XmlNode } from '../xml.js';
import type { PropertyValue, StoredFolder, StoredMessage } from '../../store/store.js';

export const createItem: Operation = (request, context) => {
  const disposition = request.attributes['MessageDisposition'];
  if (!disposition) throw new EwsError('ErrorMessageDispositionRequired', { fault: true });
  const items = listedIds(request, 'Items');
  const answer = (element: XmlElement) => create(element, { disposition, request, context });
  return answerEach('CreateItem', items, answer, xml('m:Items', {}));
};

interface Creation {
  readonly disposition: string;
  readonly request: XmlElement;
  readonly context: RequestContext;
}

async function create(element: XmlElement, { disposition, request, context }: Creation): Promise<XmlNode> {
  if (element.name !== 'Message' && element.name !== 'Item')
    throw new EwsError('ErrorInvalidItemForOperationCreateItem');
  const target = childElements(find(request, 'SavedItemFolderId'))[0];
  const folder = target && resolveMailFolder(target, context);
  const edit = await newItem(element);
  const attachments = await readAttachments(find(element, 'Attachments'));
  edit.draft.attachments.push(...attachments);
  edit.draftChanged ||= attachments.length > 0;
  edit.draft.from ??= { name: '', address: context.account.address };
  const source = await editedSource(edit);
  if (disposition === 'SaveOnly') {
    const saved = save(edit, source, folder ?? context.account.folder('drafts'), true);
    return xml('m:Items', {}, xml('t:Message', {}, itemIdNode(saved)));
  }
  const sent = await submit(context.store, context.account, source);
  if (disposition === 'SendAndSaveCopy') save(edit, sent, folder ?? context.account.folder('sentitems'), false);
  return xml('m:Items', {});
}

function save(edit: ItemEdit, source: Buffer, folder: StoredFolder, isDraft: boolean): StoredMessage {
  const flags = new Map([['\\Seen', true], ['\\Draft', isDraft], ...edit.flags]);
  const properties = [...edit.properties].filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined);
  return folder.add({
    source,
    properties,
    flags: [...flags].filter(([, on]) => on).map(([flag]) => flag),
    ...(edit.receivedAt && { receivedAt: edit.receivedAt }),
  });
}
