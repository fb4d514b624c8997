import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Milliseconds until whoever began to wait has nothing else to do any more, where answers come at once: over IMAP a look,
 * and the 10 ms until IDLE begins.
 */
const settled = 25;
/** So many answers may have to come until then. */
const answers = 5;
/** Milliseconds, about one look and the pause after it: whoever polls is met at any moment between two looks. */
const cycle = 50;

/**
 * How long each of several receivers takes for a mail, from delivered to handed out, in milliseconds. They take
 * turns, so that what slows the machine down slows all of them down.
 * @param {readonly import('./receiver.mjs').Receiver[]} receivers
 * @param {object} options
 * @param {(to: string, subject: string) => Promise<number>} options.deliver resolves with the time it was delivered
 * @param {number} options.warmUp mails that do not count
 * @param {number} options.count mails that count, for each
 * @param {number} [options.delay] milliseconds that every answer of the server takes
 * @returns {Promise<number[][]>}
 */
export async function measureLatency(receivers, { deliver, warmUp, count, delay = 0 }) {
  const pause = settled + answers * delay;
  /** @type {number[][]} */
  const times = receivers.map(() => []);
  for (let round = -warmUp; round < count; round++) {
    for (const [index, receiver] of receivers.entries()) {
      const moment = pause + Math.random() * (cycle + delay);
      const time = await latency(receiver, {
        deliver,
        pause: moment,
        subject: `Verify your address, ${warmUp + round}`,
      });
      if (round >= 0) times[index]?.push(time);
    }
  }
  return times;
}

/**
 * @param {import('./receiver.mjs').Receiver} receiver
 * @param {{ deliver: (to: string, subject: string) => Promise<number>, pause: number, subject: string }} options
 */
async function latency(receiver, { deliver, pause, subject }) {
  const received = receiver.next().then((got) => ({ got, at: performance.now() }));
  await sleep(pause);
  const deliveredAt = await deliver(receiver.address, subject);
  const { got, at } = await received;
  if (got !== subject) throw new Error(`waited for ${subject} and got ${got}`);
  return at - deliveredAt;
}
