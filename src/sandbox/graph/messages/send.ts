import { submit } from '../../message/submit.js';
import { maxSentSize } from '../../message/size-limits.js';
import type { StoredMessage } from '../../store/store.js';
import type { GraphContext } from '../context.js';
import { GraphError } from '../graph-error.js';

export interface SendOptions {
  /** Whether Sent Items gets a copy. */
  readonly saves: boolean;
  /** What the copy has from the draft that it was. */
  readonly draft?: StoredMessage;
}

/** In the words of https://github.com/microsoftgraph/msgraph-sdk-java/issues/2148 */
const tooLarge = 'The message exceeds the maximum supported size., Cannot submit the message.';

/** Sends MIME to all that it names. @throws GraphError ErrorInvalidRecipients, ErrorMessageSizeExceeded */
export async function send(
  { store, account }: GraphContext,
  source: Buffer,
  { saves, draft }: SendOptions,
): Promise<void> {
  if (source.length > maxSentSize) throw new GraphError(413, 'ErrorMessageSizeExceeded', { message: tooLarge });
  const sent = await submit(store, account, source);
  if (!sent) throw new GraphError(400, 'ErrorInvalidRecipients');
  const kept = draft ? { properties: draft.properties, searchKey: draft.searchKey } : {};
  const folder = account.folder('sentitems');
  if (draft) draft.folder.remove(draft);
  if (saves) folder.add({ source: sent, flags: ['\\Seen'], ...kept });
}
