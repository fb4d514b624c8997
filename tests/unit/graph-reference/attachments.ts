import type { DocumentedOperation } from './documented-operation.js';
import { attached, file } from './shapes.js';

export const attachments: readonly DocumentedOperation[] = [
  {
    page: 'message-list-attachments',
    ask: 'GET /me/messages/{attached}/attachments',
    status: 200,
    list: 'filled',
    properties: file,
  },
  {
    page: 'message-post-attachments',
    ask: 'POST /me/messages/{draft}/attachments',
    body: attached,
    status: 201,
    properties: file,
  },
  {
    page: 'message-post-attachments',
    ask: 'POST /me/messages/{draft}/attachments',
    body: {
      '@odata.type': '#microsoft.graph.itemAttachment',
      name: 'A mail',
      item: { '@odata.type': 'microsoft.graph.message', subject: 'Attached', body: { content: 'x' } },
    },
    status: 201,
    properties: ['@odata.type', 'id', 'name', 'size', 'isInline'],
  },
  {
    page: 'attachment-createuploadsession',
    ask: 'POST /me/messages/{draft}/attachments/createUploadSession',
    body: { AttachmentItem: { attachmentType: 'file', name: 'flower', size: 3_483_322 } },
    status: 201,
    properties: ['uploadUrl', 'expirationDateTime', 'nextExpectedRanges'],
  },
  {
    page: 'attachment-get',
    ask: 'GET /me/messages/{attached}/attachments/{attachment}',
    status: 200,
    properties: [...file, 'contentBytes'],
  },
  {
    page: 'attachment-get',
    ask: 'GET /me/messages/{itemAttached}/attachments/{itemAttachment}?$expand=microsoft.graph.itemattachment/item',
    status: 200,
    properties: ['@odata.type', 'id', 'name', 'item'],
  },
  {
    page: 'attachment-get',
    ask: 'GET /me/messages/{attached}/attachments/{attachment}/$value',
    status: 200,
    text: /^menu$/,
  },
  { page: 'attachment-delete', ask: 'DELETE /me/messages/{attached}/attachments/{attachment}', status: 204 },
];
