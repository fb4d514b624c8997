import type { Command } from '../command.js';
import { bad } from '../refusal.js';
import type { Session } from '../session.js';

/** What Exchange Online offers, and what it offers once a client has signed in. */
const exchange =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

export const capability: Command = {
  state: 'any',
  async run(session, args) {
    args.end();
    await session.connection.write(`* CAPABILITY ${capabilities(session)}\r\n`);
  },
};

export const noop: Command = {
  state: 'any',
  run(_session, args) {
    args.end();
  },
};

/** RFC 2971 */
export const id: Command = {
  state: 'any',
  async run(session, args) {
    args.space();
    if (!args.accept('NIL')) args.list(() => args.nstring());
    args.end();
    await session.connection.write('* ID ("name" "playwright-exchange sandbox")\r\n');
  },
};

export const logout: Command = {
  state: 'any',
  async run(session, args) {
    args.end();
    session.select(undefined);
    await session.connection.write('* BYE The sandbox IMAP4 server signing off.\r\n');
    return { afterwards: () => session.end() };
  },
};

export const startTls: Command = {
  state: 'not authenticated',
  run({ connection, rooms }, args) {
    args.end();
    if (connection.isEncrypted) throw bad('The connection is encrypted already.');
    return { afterwards: () => connection.startTls(rooms.secureContext) };
  },
};

function capabilities({ connection, rooms, isSignedIn }: Session): string {
  return [
    exchange,
    ...(connection.isEncrypted || isSignedIn ? [] : ['STARTTLS']),
    ...(rooms.hasExtras ? ['AUTH=OAUTHBEARER', 'SPECIAL-USE'] : []),
  ].join(' ');
}
