import type { Command } from '../command.js';
import { bad, no } from '../refusal.js';
import { checkPassword, mechanisms, type SaslOutcome } from '../sasl.js';
import type { Completion, Session } from '../session.js';

/** An access token takes a few thousand octets. */
const responseLimit = 64 * 1024;

export const login: Command = {
  state: 'not authenticated',
  run(session, args) {
    args.space();
    const user = args.text();
    args.space();
    const password = args.text();
    args.end();
    const outcome = checkPassword(user, password, session.rooms);
    if ('challenge' in outcome) throw no('LOGIN failed.');
    return session.signIn(outcome.user);
  },
};

/** RFC 3501 section 6.2.2; the first response may come with the command (RFC 4959). */
export const authenticate: Command = {
  state: 'not authenticated',
  async run(session, args) {
    args.space();
    const name = args.atom().toUpperCase();
    const isOffered = Object.hasOwn(mechanisms, name) && (name !== 'OAUTHBEARER' || !session.rooms.isExchange);
    if (!isOffered) throw no('The authentication mechanism is not supported.', 'CANNOT');
    const initial = args.accept(' ') ? args.rest() : undefined;
    args.end();
    const response = initial === '=' ? '' : decode(initial ?? (await ask(session, '')));
    return finish(session, mechanisms[name]!(response, session.rooms));
  },
};

async function finish(session: Session, outcome: SaslOutcome): Promise<Completion> {
  if ('user' in outcome) return session.signIn(outcome.user);
  // Exchange Online turns a bad token away without saying why.
  if (outcome.challenge && !session.rooms.isExchange) {
    await ask(session, Buffer.from(JSON.stringify(outcome.challenge)).toString('base64'));
  }
  throw no('AUTHENTICATE failed.');
}

/** @throws Refusal BAD where the client calls it off */
async function ask({ connection }: Session, challenge: string): Promise<string> {
  await connection.write(`+ ${challenge}\r\n`);
  const response = await connection.line(responseLimit);
  if (response === '*') throw bad('AUTHENTICATE was called off.');
  return response;
}

function decode(response: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(response)) throw bad('The response is not base64.');
  return Buffer.from(response, 'base64').toString('utf8');
}
