import { Senseless, type Connection } from '../server/connection.js';
import { no, type Refusal } from './refusal.js';

/** A piece of a command: a line, and the literal that it announces at its end. */
export interface Segment {
  readonly text: string;
  readonly literal: Buffer | undefined;
}

const tooLarge = no('The literal exceeds the maximum size.', 'TOOBIG');

/** What a command may take up, in octets. */
const limits = {
  line: 64 * 1024,
  literal: 64 * 1024,
  /** What Exchange Online takes at most. */
  message: 150 * 1024 * 1024,
  segments: 1000,
};

export interface ReceivedCommand {
  readonly segments: readonly Segment[];
  /** Why it was not read to its end: it announced a literal that is too large, which is not asked for then. */
  readonly refusal?: Refusal;
}

/**
 * Reads a whole command with its literals (RFC 3501 section 4.3, RFC 7888).
 * @param takesMessages whether a literal may be as large as a message
 * @throws ConnectionClosed, Senseless
 */
export async function readCommand(connection: Connection, takesMessages: boolean): Promise<ReceivedCommand> {
  const segments: Segment[] = [];
  for (;;) {
    if (segments.length === limits.segments) throw new Senseless('The command has too many literals.');
    const line = await connection.line(limits.line);
    if (isHttp(line)) throw new Senseless('This is IMAP, not HTTP.');
    const [announced, size, isSent] = /\{(\d{1,15})(\+?)\}$/.exec(line) ?? [];
    const text = announced === undefined ? line : line.slice(0, -announced.length);
    if (announced === undefined) return { segments: [...segments, { text, literal: undefined }] };
    const limit = takesMessages && isAppend(segments[0]?.text ?? text) ? limits.message : limits.literal;
    if (Number(size) > limit && isSent) throw new Senseless('The literal is too large.');
    if (Number(size) > limit) return { segments: [...segments, { text, literal: undefined }], refusal: tooLarge };
    if (!isSent) await connection.write('+ Ready for additional command text.\r\n');
    segments.push({ text, literal: await connection.octets(Number(size)) });
  }
}

/** A web page can have a browser send a form here, whose fields would pass for commands. */
function isHttp(line: string): boolean {
  return /^[A-Z]+ \S+ HTTP\/\d/.test(line);
}

function isAppend(text: string): boolean {
  return /^\S+ APPEND /i.test(text);
}
