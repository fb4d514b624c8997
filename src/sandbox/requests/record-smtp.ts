import type { Exchange } from './exchange.js';
import type { RequestLog } from './request-log.js';

/** What SMTPServer says on a line of a session; the credentials of AUTH are left out already. */
interface LogEntry {
  readonly tnx?: string;
  /** The session. */
  readonly cid?: string;
}

type LogLine = (entry: LogEntry, format: string, line?: string) => void;

/** Anything else may be a credential that nobody asked for. */
const commands = /^(?:EHLO|HELO|MAIL|RCPT|DATA|RSET|NOOP|QUIT|STARTTLS|AUTH|VRFY|HELP)\b/i;

const levels = ['level', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** A logger for SMTPServer that keeps the commands and what they were answered. */
export function smtpRecorder(log: RequestLog): Record<(typeof levels)[number], LogLine> {
  const last = new Map<string, Exchange>();
  const debug: LogLine = ({ tnx, cid: connection = '' }, _format, line = '') => {
    if (tnx === 'command') {
      const title = commands.test(line) ? line : '***';
      const exchange = log.begin({ service: 'SMTP', title, connection });
      exchange.request.add(title);
      last.set(connection, exchange);
    } else if (tnx === 'send') {
      const exchange = last.get(connection);
      exchange?.answer.add(`${line}\n`);
      exchange?.end({ outcome: line.split('\r\n').at(-1) ?? '', isFailure: /^[45]/.test(line) });
    }
  };
  const info: LogLine = ({ tnx, cid = '' }) => {
    if (tnx === 'close') last.delete(cid);
  };
  const ignore: LogLine = () => {};
  return { level: ignore, trace: ignore, debug, info, warn: ignore, error: ignore, fatal: ignore };
}
