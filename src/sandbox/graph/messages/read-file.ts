import type { DraftAttachment } from '../../message/draft.js';
import { badRequest } from '../graph-error.js';
import { isRecord } from '../graph-request.js';

/** A file to attach. https://learn.microsoft.com/graph/api/resources/fileattachment @throws GraphError where it is none */
export function readFile(json: unknown): DraftAttachment {
  if (!isRecord(json) || json['@odata.type'] !== '#microsoft.graph.fileAttachment') {
    throw badRequest("An attachment has to have the '@odata.type' '#microsoft.graph.fileAttachment'.");
  }
  const { name, contentType, contentBytes, contentId, isInline } = json;
  if (typeof name !== 'string' || !name) throw badRequest("The property 'name' is required.");
  if (typeof contentBytes !== 'string') throw badRequest("The property 'contentBytes' is required.");
  return {
    name,
    contentType: typeof contentType === 'string' && contentType ? contentType : 'application/octet-stream',
    content: Buffer.from(contentBytes, 'base64'),
    contentId: typeof contentId === 'string' && contentId ? contentId : undefined,
    isInline: isInline === true,
  };
}
