import type { CommandParser } from './command-parser.js';
import type { Session } from './session.js';

/** How far a session has come (RFC 3501 section 3); `any` for a command that is good always. */
export type SessionState = 'any' | 'not authenticated' | 'authenticated' | 'selected';

/** How a command that succeeded ends. */
export interface Completion {
  /** A response code: `READ-WRITE`. */
  readonly code?: string;
  /** What is done once the client has been told. */
  readonly afterwards?: () => void | Promise<void>;
}

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
