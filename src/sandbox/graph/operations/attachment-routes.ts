import type { Operation, Route, Routes } from '../context.js';
import {
  addAttachment,
  createUploadSession,
  deleteAttachment,
  getAttachment,
  getAttachmentContent,
  listAttachments,
} from './attachments.js';

/** What can be done with the attachments of messages and of events: `way` leads to what they are attached to. */
export function attachmentRoutes(
  way: string,
  { read, write }: Readonly<Record<'read' | 'write', (run: Operation) => Route>>,
): Routes {
  const attachment = `${way}/attachments/{attachment}`;
  return {
    [`GET ${way}/attachments`]: read(listAttachments),
    [`POST ${way}/attachments`]: write(addAttachment),
    [`POST ${way}/attachments/createuploadsession`]: write(createUploadSession),
    [`GET ${attachment}`]: read(getAttachment),
    [`GET ${attachment}/$value`]: read(getAttachmentContent),
    [`DELETE ${attachment}`]: write(deleteAttachment),
  };
}
