import type { Command } from '../command.js';
import { bad } from '../refusal.js';
import type { Session } from '../session.js';

/** RFC 2177 */
export const idle: Command = {
  state: 'authenticated',
  async run(session, args) {
    args.end();
    await session.connection.write('+ IDLE accepted, awaiting DONE command.\r\n');
    await session.tellUpdates({ expunge: true });
    const stop = push(session);
    try {
      const line = await session.connection.line(100);
      if (line.toUpperCase() !== 'DONE') throw bad('DONE was expected.');
    } finally {
      stop();
    }
  },
};

/** Tells what happens as soon as it happens, all that happens at once together. */
function push(session: Session): () => void {
  if (session.state !== 'selected') return () => {};
  const { selected, rooms } = session;
  let isDue = false;
  selected.onUpdate = () => {
    if (isDue || Math.random() < rooms.faults.losePushes) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      // The connection's end is noticed by who reads from it.
      if (selected.onUpdate) session.tellUpdates({ expunge: true }).catch(() => {});
    });
  };
  return () => {
    selected.onUpdate = undefined;
  };
}
