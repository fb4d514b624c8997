// A sandbox in a process of its own, as in use. Tells its parent where it is; then delivers what it is sent.
import { startSandbox } from '../../dist/sandbox/index.js';

const sandbox = await startSandbox();

process.on('message', (/** @type {import('./start.mjs').Wish} */ wish) => {
  if ('delay' in wish) sandbox.faults.delay = wish.delay;
  else deliver(wish);
});
process.on('disconnect', () => process.exit());
process.send?.({ url: sandbox.url, imap: sandbox.imap, env: sandbox.env });

/** @param {{ to: string, source: string }} mail */
function deliver({ to, source }) {
  const octets = Buffer.from(source);
  const at = process.hrtime();
  sandbox.store.deliver({ to: [to], source: octets });
  process.send?.({ deliveredAt: at });
}
