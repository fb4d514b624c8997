import type { ImapFlow } from 'imapflow';
import { batches, type BatchLimits } from '../../async/batches.js';
import type { MessageRef } from '../transport.js';
import type { ImapSession, Operation } from './imap-session.js';
import { parseMessageId } from './message-id.js';
import { selectedFolder } from './selected-folder.js';

/** A message and its UID in the folder that is selected. */
export interface Located {
  readonly ref: MessageRef;
  readonly uid: number;
}

export interface FolderOperation extends Operation {
  readonly limits: BatchLimits;
  /** The connection to use a folder over. */
  readonly sessionOf: (path: string) => ImapSession;
}

/**
 * Runs commands for messages, folder by folder and batch by batch. Those whose folder has given out its
 * UIDs anew are passed over.
 */
export async function byFolder(
  refs: readonly MessageRef[],
  { limits, sessionOf, ...operation }: FolderOperation,
  commands: (client: ImapFlow, messages: readonly Located[]) => Promise<void>,
): Promise<void> {
  const located = refs.map((ref) => ({ ref, size: ref.size, ...parseMessageId(ref.id) }));
  for (const path of new Set(located.map((message) => message.path))) {
    const inFolder = located.filter((message) => message.path === path);
    for (const batch of batches(inFolder, limits)) {
      await sessionOf(path).inFolder({ id: path }, operation, async (client) => {
        const { uidValidity } = selectedFolder(client);
        const there = batch.filter((message) => message.uidValidity === uidValidity);
        if (there.length > 0) await commands(client, there);
      });
    }
  }
}
