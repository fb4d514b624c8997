/** An error in the words of EWS: of one item, or of the whole request (a SOAP fault). */
export class EwsError extends Error {
  override readonly name = 'EwsError';
  /** A response code of the schema, such as `ErrorItemNotFound`. */
  readonly code: string;
  /** Ends the whole request as a SOAP fault, even where it arises from one of several items. */
  readonly fault: boolean;
  /** Named values that go along as `MessageXml`. */
  readonly values: Readonly<Record<string, string | number>>;
  /** How the request breaks the schema. */
  readonly violation: string | undefined;

  constructor(code: string, options: EwsErrorOptions = {}) {
    super(options.message ?? messages[code] ?? 'An error occurred while processing the request.');
    this.code = code;
    this.fault = options.fault ?? false;
    this.values = options.values ?? {};
    this.violation = options.violation;
  }
}

export interface EwsErrorOptions {
  readonly message?: string;
  readonly fault?: boolean;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly violation?: string;
}

/** It may tell a value of the request, however long. */
const maxViolation = 500;

/** What a request that breaks the schema is answered with. */
export function schemaViolation(told: string): EwsError {
  const violation = told.length > maxViolation ? `${told.slice(0, maxViolation)}...` : told;
  return new EwsError('ErrorSchemaValidation', {
    fault: true,
    message: `The request failed schema validation: ${violation}`,
    violation,
  });
}

const messages: Readonly<Record<string, string>> = {
  ErrorAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorArchiveMailboxNotEnabled: 'Archive mailbox is not enabled for this user.',
  ErrorAttachmentNestLevelLimitExceeded: 'The attachment is nested too deeply.',
  ErrorChangeKeyRequired: 'A change key is required for this operation.',
  ErrorChangeKeyRequiredForWriteOperations: 'The operation can only be performed on an item that has a change key.',
  ErrorExceededConnectionCount:
    'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.',
  ErrorExpiredSubscription: 'The subscription has expired.',
  ErrorFolderNotFound: 'The specified folder could not be found in the store.',
  ErrorIncorrectSchemaVersion:
    'The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.',
  ErrorInvalidArgument: 'An argument of the request is not valid.',
  ErrorInvalidAttachmentId: 'The attachment Id is invalid.',
  ErrorInvalidChangeKey: 'The change key is invalid.',
  ErrorInvalidIdEmpty: 'Id must be non-empty.',
  ErrorInvalidIdMalformed: 'Id is malformed.',
  ErrorInvalidMimeContent: 'The MIME content is invalid.',
  ErrorInvalidPropertyRequest: 'The property can not be used for this type of request.',
  ErrorInvalidPropertySet: 'The property can not be set.',
  ErrorInvalidRecipients: 'At least one recipient is not valid.',
  ErrorInvalidRequest: 'The request is invalid.',
  ErrorInvalidRestriction: 'The restriction or sort order is not valid.',
  ErrorInvalidSendItemSaveSettings: 'SavedItemFolderId can only be given when SaveItemToFolder is true.',
  ErrorInvalidServerVersion: 'The specified server version is invalid.',
  ErrorInvalidSubscription: 'The subscription is not valid.',
  ErrorInvalidSubscriptionRequest: 'The subscription request is not valid.',
  ErrorInvalidSyncStateData: 'The synchronization state data is corrupt or otherwise invalid.',
  ErrorInvalidWatermark: 'The watermark is invalid.',
  ErrorIrresolvableConflict:
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ErrorItemNotFound: 'The specified object was not found in the store.',
  ErrorMessageDispositionRequired: 'The message disposition type is required.',
  ErrorMessageSizeExceeded: 'The message exceeds the maximum supported size.',
  ErrorMimeContentInvalidBase64String: 'The MIME content is not a valid base64 string.',
  ErrorNameResolutionMultipleResults: 'Multiple results were found.',
  ErrorNameResolutionNoResults: 'No results were found.',
  ErrorNewEventStreamConnectionOpened: 'A new event stream connection has been opened for this subscription.',
  ErrorNonExistentMailbox: 'The SMTP address has no mailbox associated with it.',
  ErrorServerBusy: 'The server cannot service this request right now. Try again later.',
  ErrorStaleObject: 'The item has been changed since the change key that was passed in.',
  ErrorSubscriptionNotFound: 'The subscription was not found.',
};
