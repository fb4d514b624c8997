import { readBase64 } from '../../message/base64.js';
import type { DraftAttachment } from '../../message/draft.js';
import { EwsError } from '../ews-error.js';
import { editedSource, newItem } from './item-edit.js';
import { childElements, find, textOf, type XmlElement, isTrue } from '../xml.js';

/** The attachments of an `Attachments` element, an attached message composed into MIME. */
export async function readAttachments(container: XmlElement | undefined): Promise<DraftAttachment[]> {
  const attachments: DraftAttachment[] = [];
  for (const element of childElements(container)) attachments.push(await readAttachment(element));
  return attachments;
}

async function readAttachment(element: XmlElement): Promise<DraftAttachment> {
  const isFile = element.name === 'FileAttachment';
  return {
    name: textOf(find(element, 'Name')) ?? '',
    contentType: isFile ? (textOf(find(element, 'ContentType')) ?? 'application/octet-stream') : 'message/rfc822',
    content: isFile ? fileContent(element) : await itemContent(element),
    contentId: textOf(find(element, 'ContentId')),
    isInline: isTrue(textOf(find(element, 'IsInline'))),
  };
}

function fileContent(element: XmlElement): Buffer {
  const content = readBase64(textOf(find(element, 'Content')) ?? '');
  if (!content) throw new EwsError('ErrorInvalidArgument', { message: 'The attachment is not valid base64.' });
  return content;
}

async function itemContent(element: XmlElement): Promise<Buffer> {
  const message = find(element, 'Message') ?? find(element, 'Item');
  if (!message) throw new EwsError('ErrorMissingItemForCreateItemAttachment');
  return editedSource(await newItem(message));
}
