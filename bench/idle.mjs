import { connect } from 'node:net';
import { once } from 'node:events';

/**
 * Connections over IMAP that wait for mail, each of a user of its own: a server limits those of one.
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {number} count
 */
export async function openIdle({ imap: { host, port } }, count) {
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  for (let index = 0; index < count; index++) {
    const socket = connect(port, host);
    socket.on('error', () => {});
    await answered(socket, /^\* OK/m);
    socket.write(`a AUTHENTICATE PLAIN ${btoa(`\0idle${index}@contoso.com\0secret`)}\r\n`);
    await answered(socket, /^a OK/m);
    socket.write('b SELECT INBOX\r\n');
    await answered(socket, /^b OK/m);
    socket.write('c IDLE\r\n');
    await answered(socket, /^\+/m);
    socket.resume();
    sockets.push(socket);
  }
  const close = async () => {
    for (const socket of sockets) socket.destroy();
  };
  return { close, [Symbol.asyncDispose]: close };
}

/** @param {import('node:net').Socket} socket @param {RegExp} wanted */
async function answered(socket, wanted) {
  let text = '';
  while (!wanted.test(text)) {
    const [chunk] = await once(socket, 'data');
    text += String(chunk);
    if (/^[abc] (?:NO|BAD)/m.test(text)) throw new Error(text);
  }
}
