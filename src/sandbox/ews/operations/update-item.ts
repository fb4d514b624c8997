import { answerEach } from '../soap.js';
import { listedIds, resolveMessage, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { isCurrent, itemIdNode } from '../ids.js';
import { appendProperty, deleteProperty, editedSource, editOf, setProperty, type ItemEdit } from '../item-edit.js';
import { submit } from '../submit.js';
import { checkTimes } from '../appointment-times.js';
import { elementOf, kindOf } from '../item-kinds.js';
import { listOf, mergeEntry } from '../kind-fields.js';
import { childElements, find, xml, type XmlElement, type XmlNode } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

export const updateItem: Operation = (request, context) => {
  const resolution = request.attributes['ConflictResolution'];
  const disposition = request.attributes['MessageDisposition'];
  if (!resolution) throw schemaViolation("The required attribute 'ConflictResolution' is missing.");
  return answerEach(
    'UpdateItem',
    listedIds(request, 'ItemChanges'),
    async (change) => {
      const id = find(change, 'ItemId');
      if (!id) throw schemaViolation("The element 'ItemId' is missing.");
      const message = resolveMessage(id, context);
      refuseConflict(id, message, resolution);
      await update(message, childElements(find(change, 'Updates')));
      if (disposition === 'SaveOnly' || disposition === undefined || kindOf(message))
        return updated(xml(elementOf(message), {}, itemIdNode(message)));
      const sent = await submit(context.store, message.folder.account, message.source);
      message.folder.remove(message);
      const copy = { source: sent, flags: ['\\Seen'], properties: message.properties, searchKey: message.searchKey };
      if (disposition === 'SendAndSaveCopy') message.folder.account.folder('sentitems').add(copy);
      return updated();
    },
    xml('m:Items', {}),
  );
};

function updated(item?: XmlNode) {
  const items = xml('m:Items', {}, item);
  return [items, xml('m:ConflictResults', {}, xml('t:Count', {}, 0))];
}

/** AutoResolve merges, as long as a change key says which state was seen; AlwaysOverwrite asks for none. */
function refuseConflict(id: XmlElement, message: StoredMessage, resolution: string): void {
  if (resolution === 'AlwaysOverwrite') return;
  if (!id.attributes['ChangeKey']) throw new EwsError('ErrorChangeKeyRequiredForWriteOperations');
  if (!isCurrent(id, message) && resolution === 'NeverOverwrite') throw new EwsError('ErrorIrresolvableConflict');
}

async function update(message: StoredMessage, updates: readonly XmlElement[]): Promise<void> {
  const edit = await editOf(message);
  for (const change of updates) {
    if (!mergeChange(edit, change, message)) applyChange(edit, change);
  }
  checkTimes(edit, message);
  const { folder } = message;
  if (edit.draftChanged) folder.replace(message, await editedSource(edit));
  for (const [flag, on] of edit.flags) folder.setFlag(message, flag, on);
  for (const [name, value] of edit.properties) folder.setProperty(message, name, value);
}

/** One entry of a contact's addresses and numbers; false where the change is of something else. */
function mergeChange(edit: ItemEdit, change: XmlElement, { properties }: StoredMessage): boolean {
  const [path, item] = childElements(change);
  if (path?.name !== 'IndexedFieldURI' || !path.attributes['FieldURI']?.startsWith('contacts:')) return false;
  const uri = `contacts:${listOf(path.attributes['FieldURI'])}`;
  const kept = edit.properties.has(uri) ? edit.properties.get(uri) : properties.get(uri);
  edit.properties.set(uri, mergeEntry(kept, path, childElements(item)[0]));
  return true;
}

function applyChange(edit: ItemEdit, change: XmlElement): void {
  const [path, item] = childElements(change);
  if (!path) throw schemaViolation(`The element '${change.name}' has incomplete content.`);
  if (change.name === 'DeleteItemField') return deleteProperty(edit, path);
  const values = childElements(item);
  if (values.length !== 1) throw new EwsError('ErrorIncorrectUpdatePropertyCount');
  if (change.name === 'AppendToItemField') appendProperty(edit, values[0]!);
  else setProperty(edit, values[0]!);
}
