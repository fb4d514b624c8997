/** A command that is answered NO (it failed) or BAD (it was wrong), and why (RFC 3501 section 7.1). */
export class Refusal extends Error {
  readonly status: 'NO' | 'BAD';

  constructor(status: 'NO' | 'BAD', text: string) {
    super(text);
    this.status = status;
  }
}

export function bad(text = 'Command Argument Error.'): Refusal {
  return new Refusal('BAD', text);
}

/** @param code a response code of RFC 3501, 4315 or 5530 */
export function no(text: string, code?: string): Refusal {
  return new Refusal('NO', code ? `[${code}] ${text}` : text);
}
