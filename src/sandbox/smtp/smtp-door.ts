import { createServer } from 'node:net';
import type { RequestLog } from '../requests/request-log.js';
import { Connection } from '../server/connection.js';
import type { SandboxRooms } from '../server/door.js';
import { listen, type Listener } from '../server/listen.js';
import { Rate } from '../server/rate.js';
import { SmtpSession, type SmtpRooms } from './session.js';

export interface SmtpDoorOptions extends Pick<SmtpRooms, 'certificate' | 'password' | 'requireAuth' | 'isExchange'> {
  readonly port: number;
}

/** The door where mail is handed in: SMTP submission (RFC 6409), with STARTTLS and AUTH. */
export function openSmtpDoor(
  rooms: SandboxRooms & { readonly requests: RequestLog },
  { port, certificate, password, requireAuth, isExchange }: SmtpDoorOptions,
): Promise<Listener> {
  const shared: SmtpRooms = {
    ...rooms,
    password,
    requireAuth,
    isExchange,
    certificate,
    rate: new Rate(60_000),
    sessions: new Set(),
  };
  const server = createServer((socket) => {
    const session = new SmtpSession(new Connection(socket, () => false), shared);
    shared.sessions.add(session);
    void serve(session).finally(() => shared.sessions.delete(session));
  });
  return listen(server, port, 'SMTP');
}

async function serve(session: SmtpSession): Promise<void> {
  const { serveSession } = await import('./serve-session.js');
  await serveSession(session);
}
