import { test } from '@playwright/test';
import type { ConnectionDefinition } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { personAuth, signedInConnection } from '../support/person-connection.js';
import type { SignedInPerson } from './sign-ins.js';

/** Somebody signs in to a connection to the sandbox. */
export async function sandboxPerson(sandbox: Sandbox, app: ConnectionDefinition): Promise<SignedInPerson> {
  const definition = { ...app, auth: personAuth(sandbox) };
  const { connection, environment } = await signedInConnection(sandbox, definition);
  return {
    connection: await openConnection('MSOAuthHost', definition, environment, { directory: test.info().outputPath() }),
    revoke() {
      sandbox.tokens.revoke(connection.user!, { accessTokens: true });
      sandbox.dropConnections();
    },
    interrupt() {
      sandbox.faults.token = { code: 90033, times: 3 };
      sandbox.clock.advance(3_600_000);
      sandbox.dropConnections();
    },
  };
}
