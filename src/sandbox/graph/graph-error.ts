import { jsonContent, type GraphAnswer } from './graph-answer.js';

/** A failure in the words of Graph. Codes: https://learn.microsoft.com/graph/errors */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, { message, headers = {} }: GraphErrorOptions = {}) {
    super(message ?? messages[code] ?? 'An error occurred while processing the request.');
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export interface GraphErrorOptions {
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request that breaks the rules of OData is answered with. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'BadRequest', { message });
}

/** What a body is answered with that is not of the types of what it is about. */
export function unreadableBody(message: string): GraphError {
  return new GraphError(400, 'RequestBodyRead', { message });
}

/** What a literal is answered with that is none of a type's. */
export function cannotConvert(value: unknown, type: string): GraphError {
  // As .NET writes it.
  const literal = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  return unreadableBody(`Cannot convert the literal '${literal.slice(0, 100)}' to the expected type '${type}'.`);
}

/** What a name is answered with that is none of a type's properties. */
export function unknownProperty(name: string, type: string): GraphError {
  return unreadableBody(
    `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`,
  );
}

/** What an id that stands for nothing is answered with. */
export function itemNotFound(message?: string): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', message === undefined ? {} : { message });
}

/** The names by which a request and its answer are found in logs. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

export function errorAnswer(error: unknown, { requestId, clientRequestId }: RequestIds): GraphAnswer {
  const { status, code, message, headers } = error instanceof GraphError ? error : internalError(error);
  const date = new Date().toISOString().slice(0, 19);
  const innerError = { date, 'request-id': requestId, 'client-request-id': clientRequestId };
  return { status, headers, content: jsonContent({ error: { code, message, innerError } }) };
}

function internalError(error: unknown): GraphError {
  return new GraphError(500, 'ErrorInternalServerError', {
    message: `An internal server error occurred. The operation failed. ${String(error)}`,
  });
}

const messages: Readonly<Record<string, string>> = {
  ApplicationThrottled: 'Application is over its MailboxConcurrency limit.',
  Authorization_RequestDenied: 'Insufficient privileges to complete the operation.',
  ErrorAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorAttachmentSizeLimitExceeded: 'The attachment size exceeds the maximum allowed limit.',
  ErrorAttachmentSizeShouldNotBeLessThanMinimumSize:
    'The attachment size should not be less than 3MB: smaller ones go in one request.',
  ErrorFolderExists: 'A folder with the specified name already exists.',
  ErrorInvalidIdMalformed: 'Id is malformed.',
  ErrorInvalidRecipients: 'At least one recipient is not valid.',
  ErrorInvalidPropertySet: 'Set action is invalid for property.',
  ErrorInvalidUrlQueryFilter: 'The query filter contains one or more invalid nodes.',
  ErrorIrresolvableConflict:
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ErrorItemNotFound: 'The specified object was not found in the store.',
  ErrorMessageSizeExceeded: 'The message exceeds the maximum supported size.',
  ErrorMimeContentInvalidBase64String: 'Invalid base64 string for MIME content.',
  InefficientFilter: 'The restriction or sort order is too complex for this operation.',
  MailboxNotEnabledForRESTAPI: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  SyncStateNotFound: 'The sync state generation is not found.',
  TooManyRequests: 'Too many requests.',
};
