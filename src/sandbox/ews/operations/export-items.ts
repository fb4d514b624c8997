import { readBase64 } from '../../message/base64.js';
import { answerEach } from '../soap.js';
import { listedIds, resolveMailFolder, resolveMessage, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { itemIdNode } from '../ids.js';
import type { NewMessage } from '../../store/store.js';
import { find, textOf, xml } from '../xml.js';

/** Gives items as streams that UploadItems takes; what is in them is each server's own. */
export const exportItems: Operation = (request, context) =>
  answerEach('ExportItems', listedIds(request, 'ItemIds'), (id) => {
    const { source, receivedAt, flags, properties, searchKey } = resolveMessage(id, context);
    const head = JSON.stringify({ receivedAt, flags: [...flags], properties: [...properties], searchKey });
    const data = Buffer.concat([Buffer.from(`${head}\n`), source]).toString('base64');
    return [xml('m:ItemId', { Id: id.attributes['Id'] }), xml('m:Data', {}, data)];
  });

export const uploadItems: Operation = (request, context) =>
  answerEach('UploadItems', listedIds(request, 'Items'), (element) => {
    const parent = find(element, 'ParentFolderId');
    if (!parent) throw schemaViolation("The element 'ParentFolderId' is missing.");
    const folder = resolveMailFolder(parent, context);
    const message = readStream(textOf(find(element, 'Data')) ?? '');
    const action = element.attributes['CreateAction'];
    const id = find(element, 'ItemId');
    if (action !== 'CreateNew' && id) {
      const known = replaced(() => resolveMessage(id, context), action === 'Update');
      known?.folder.remove(known);
    }
    return itemIdNode(folder.add(message), 'm:ItemId');
  });

/** What an upload takes the place of; it has to be there, where nothing new is to be made. */
function replaced<T>(resolve: () => T, hasToBe: boolean): T | undefined {
  try {
    return resolve();
  } catch (error) {
    if (hasToBe || !(error instanceof EwsError)) throw error;
    return undefined;
  }
}

function readStream(base64: string): NewMessage {
  const octets = readBase64(base64);
  const end = octets?.indexOf('\n') ?? -1;
  if (!octets || end < 0) throw new EwsError('ErrorCorruptData');
  try {
    const { receivedAt, ...head } = JSON.parse(octets.subarray(0, end).toString()) as Omit<NewMessage, 'source'>;
    return { ...head, source: octets.subarray(end + 1), receivedAt: new Date(receivedAt ?? NaN) };
  } catch {
    throw new EwsError('ErrorCorruptData');
  }
}
