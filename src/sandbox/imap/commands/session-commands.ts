import type { Command } from '../command.js';
import { bad } from '../refusal.js';
import type { Session } from '../session.js';

/** What Exchange Online offers once a client has signed in, in its order: https://github.com/jstedfast/MailKit/issues/1282 */
const exchange =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+';

/** What of it is offered only then. */
const afterSignIn = / (?:MOVE|CLIENTACCESSRULES|CLIENTNETWORKPRESENCELOCATION|BACKENDAUTHENTICATE)\b/g;

const generic =
  'IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+ SPECIAL-USE';

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
    const name = session.rooms.isExchange
      ? '"name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20"'
      : '"name" "playwright-exchange sandbox"';
    await session.connection.write(`* ID (${name})\r\n`);
  },
};

export const logout: Command = {
  state: 'any',
  async run(session, args) {
    args.end();
    session.select(undefined);
    const server = session.rooms.isExchange ? 'Microsoft Exchange Server' : 'The sandbox';
    await session.connection.write(`* BYE ${server} IMAP4 server signing off.\r\n`);
    return { afterwards: () => session.end() };
  },
};

export const startTls: Command = {
  state: 'not authenticated',
  run({ connection, rooms }, args) {
    args.end();
    if (connection.isEncrypted) throw bad('The connection is encrypted already.');
    return { afterwards: () => connection.startTls(rooms.certificate) };
  },
};

function capabilities({ connection, rooms, isSignedIn }: Session): string {
  const all = rooms.isExchange ? exchange : generic;
  const offered = rooms.isExchange && !isSignedIn ? all.replace(afterSignIn, '') : all;
  return connection.isEncrypted || isSignedIn ? offered : offered.replace(' UIDPLUS', ' STARTTLS UIDPLUS');
}
