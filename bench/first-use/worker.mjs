// A fresh worker up to its first message. Arguments: whose way, the protocol, and the sandbox's variables as JSON. Its
// parent delivers a mail when told the address, and is told the milliseconds since Playwright Test was there, as every
// worker has it: those of the clock, and those of the processor.
await import('@playwright/test');

/** @typedef {{ wall: number, cpu: number }} Spent */

const began = { wall: performance.now(), cpu: process.cpuUsage() };
const [how = '', protocol = '', env = ''] = process.argv.slice(2);
const variables = JSON.parse(env);
const { openMail } =
  how === 'package' ? await import('./package-mail.mjs') : await import(`./by-hand/${protocol}-mail.mjs`);
const mail = await openMail(variables, protocol);
const subject = 'Verify your address';
const received = mail.next();
process.send?.({ address: mail.address, subject });
const got = await received;
if (got !== subject) throw new Error(`waited for ${subject} and got ${got}`);
const first = spent();
await mail.send({ to: 'somebody@contoso.com', subject: 'An answer', text: 'Thanks!' });
process.send?.({ first, sent: spent() });
process.disconnect();
await mail.close();

/** @returns {Spent} */
function spent() {
  const { user, system } = process.cpuUsage(began.cpu);
  return { wall: performance.now() - began.wall, cpu: (user + system) / 1000 };
}
