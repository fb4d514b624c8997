import { expect, test } from '@playwright/test';
import type { Mailbox } from '../../src/mail/mailbox.js';
import { failureOf } from '../support/failure-of.js';
import type { Connection } from '../../src/mail/connection.js';
import type { ContractServer } from './contract-server.js';

/** Milliseconds; long, for waits that end before. */
const timeout = 20_000;

/** A person's sign-in, and what becomes of it. */
export interface SignedInPerson {
  readonly connection: Connection;
  /** Ends the sign-in, its tokens, and what is connected by them. */
  revoke(): void;
  /** Ends the access token, what is connected by it, and for a while the service that gives new ones. */
  interrupt(): void;
}

/** A server that people sign in to. */
export interface SignInServer extends ContractServer {
  /** Opens a connection that a person signed in to. */
  signIn(): Promise<SignedInPerson>;
}

/** What becomes of a wait when a person's sign-in ends. */
export function describeSignIns(title: string, start: () => Promise<SignInServer>): void {
  test.describe(`${title}, signed in by a person`, () => {
    test('a sign-in that is revoked in the middle of a wait ends the wait at once, and says so', async () => {
      await using server = await start();
      const { connection, mailbox, revoke } = await signInTo(server);
      await using _ = connection;
      const waits = [mailbox.waitForMessage(), mailbox.waitForMessage({ subject: 'Another' })];
      revoke();
      for (const error of await Promise.all(waits.map(failureOf))) {
        expect(error).toMatchObject({ code: 'AUTH_REVOKED', transient: false });
        expect(error.message).toMatch(/^Revoked: connection "MSOAuthHost" \(\S+@\S+\) gets no access token/);
      }
    });

    test('a token that runs out while no new one can be had costs time, not the wait', async () => {
      await using server = await start();
      const { connection, mailbox, interrupt } = await signInTo(server);
      await using _ = connection;
      const wait = mailbox.waitForMessage({ subject: 'Late' });
      interrupt();
      await server.deliver({ to: mailbox.address, subject: 'Late' });
      expect((await wait).subject).toBe('Late');
    });
  });
}

/** A person's connection, and a view of it that follows its folder already. */
async function signInTo(server: SignInServer): Promise<SignedInPerson & { readonly mailbox: Mailbox }> {
  const person = await server.signIn();
  const mailbox = await person.connection.mailbox(undefined, { timeout });
  await server.deliver({ to: mailbox.address, subject: 'First' });
  await mailbox.waitForMessage({ subject: 'First' });
  return { ...person, mailbox };
}
