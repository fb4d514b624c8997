/** What a command is answered with (RFC 5321 section 4.2). */
export interface Reply {
  readonly code: number;
  /** At least one, each with its enhanced status code (RFC 2034) where it has one. */
  readonly lines: readonly string[];
  /** What is done once the client has been told. */
  readonly afterwards?: () => void | Promise<void>;
}

export function reply(code: number, ...lines: string[]): Reply {
  return { code, lines };
}

export function writeReply({ code, lines }: Reply): string {
  return lines.map((line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}\r\n`).join('');
}
