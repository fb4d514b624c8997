import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mail } from '../mail.mjs';

/** @typedef {{ delay: number } | { to: string, source: string }} Wish */

/**
 * Starts a sandbox in a process of its own: its work is not the client's.
 * @returns {Promise<{
 *   url: string,
 *   imap: { host: string, port: number },
 *   env: Record<string, string>,
 *   deliver: (to: string, subject: string) => Promise<number>,
 *   delayAnswers: (milliseconds: number) => void,
 *   close: () => Promise<void>,
 * }>}
 */
export async function startSandboxProcess() {
  const child = fork(new URL('./process.mjs', import.meta.url));
  const [places] = await once(child, 'message');
  return {
    ...places,
    async deliver(to, subject) {
      child.send({ to, source: mail(to, subject).toString() });
      const [{ deliveredAt }] = await once(child, 'message');
      const [seconds, nanoseconds] = process.hrtime(deliveredAt);
      return performance.now() - seconds * 1000 - nanoseconds / 1e6;
    },
    delayAnswers: (delay) => void child.send({ delay }),
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
