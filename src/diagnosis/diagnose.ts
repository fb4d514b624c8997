import type { Environment } from '../config/environment.js';
import type { ResolvedConnection } from '../config/resolved.js';
import type { ConnectionDefinitions } from '../config/types.js';
import { createHttpClient } from '../network/create-http-client.js';
import { checkDefinition, checkVariables } from './check-definition.js';
import { checkCertificates } from './check-certificates.js';
import { checkProxy } from './check-proxy.js';
import { checkToken } from './check-token.js';
import { Examination, passOver, type ExaminationOptions } from './examination.js';
import { findServer } from './find-server.js';
import type { Diagnosis } from './leg.js';
import { openMailbox } from './open-mailbox.js';
import type { Patient } from './patient.js';
import { signIn } from './sign-in.js';
import { tryMail } from './try-mail.js';

export interface DiagnoseOptions extends ExaminationOptions {
  readonly environment: Environment;
  /** The folder below which tokens are kept. */
  readonly directory: string;
  /** Whether it sends mails to itself. */
  readonly sends: boolean;
}

/** Tries a connection leg by leg, as far as it goes. The mails that it sends are deleted again. */
export async function diagnose(
  name: string,
  definitions: ConnectionDefinitions,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const examination = new Examination(options);
  const { environment, directory, sends } = options;
  try {
    const inspected = await examination.leg('definition', () => checkDefinition(name, definitions, environment));
    const connection = await examination.leg('variables', () => checkVariables(name, definitions, inspected));
    const http = createHttpClient({ proxy: connection.proxy, ca: connection.ca });
    try {
      await tryServers({ examination, connection, environment, directory, http, sends });
    } finally {
      http.close();
    }
  } catch (error) {
    passOver(error);
  }
  return examination.conclude(name);
}

async function tryServers(patient: Patient): Promise<void> {
  const { examination, sends } = patient;
  await examination.leg('proxy', (signal) => checkProxy(patient.connection, signal));
  const connection = await examination.leg('host', (signal) => findServer(patient, signal));
  const found = { ...patient, connection };
  await examination.leg('tls', (signal) => checkCertificates(connection, signal));
  const token = await examination.leg('sign-in', () => signIn(found));
  await examination.leg('token', async () => checkToken(connection, token, { sends }));
  const { transport, inbox } = await examination.leg('mailbox', (signal) => openMailbox(found, signal));
  await using _ = transport;
  const { addressing, protocol } = connection;
  const polled = protocol === 'graph' ? 'polled: Graph pushes to servers alone' : undefined;
  const silent = !sends ? '--no-send' : canSend(connection) ? undefined : 'the connection names no SMTP server';
  await tryMail({ examination, transport, inbox, addressing, polled, silent });
}

function canSend(connection: ResolvedConnection): boolean {
  return connection.protocol !== 'imap' || connection.smtp !== undefined;
}
