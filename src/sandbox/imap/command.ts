import type { CommandParser } from './command-parser.js';
import type { Completion, Session, SessionState } from './session.js';

export interface Command {
  readonly state: SessionState;
  /** While it is answered, messages keep their numbers: it is given by number (RFC 3501 section 7.4.1). */
  readonly keepsNumbers?: boolean;
  /**
   * Reads the arguments, acts, and sends the untagged answers.
   * @param byUid it came as `UID ...`
   * @throws Refusal
   */
  run(session: Session, args: CommandParser, byUid: boolean): void | Completion | Promise<void | Completion>;
}
