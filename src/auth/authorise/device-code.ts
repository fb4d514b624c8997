import type { DeviceCodeRequest, PublicClientApplication } from '@azure/msal-node';
import type { ExchangeError } from '../../errors.js';
import { Limit } from '../../async/limit.js';
import { MsalSession, type Issued } from '../msal/session.js';
import { PollingNetwork } from '../msal/polling-network.js';
import { nobodyCameError } from './sign-in-failure.js';
import type { TokenSourceOptions } from '../token-source.js';

export interface DeviceCodeOptions {
  /** Milliseconds that the person has; Microsoft's codes live 15 minutes. */
  readonly timeout: number;
  /** Tells the person what to do. */
  readonly say: (line: string) => void;
}

/** Has a person sign in on another device, with a code that they enter there (RFC 8628). */
export async function signInByDeviceCode(source: TokenSourceOptions, options: DeviceCodeOptions): Promise<Issued> {
  const { connection, auth } = source;
  const session = new MsalSession<PublicClientApplication>(source, new PollingNetwork(source.http));
  const request: DeviceCodeRequest = {
    scopes: [...auth.scopes],
    deviceCodeCallback: ({ verificationUri, userCode }) => {
      const who = connection.user ? ` as ${connection.user}` : '';
      const what = `open ${verificationUri} on any device, enter the code ${userCode}, and sign in${who}`;
      options.say(`Connection "${connection.name}": ${what}.`);
    },
  };
  const error = (): ExchangeError => nobodyCameError(connection, options.timeout, false);
  using limit = new Limit({ signal: undefined, timeout: options.timeout, error });
  try {
    return await limit.race(session.acquire((client) => client.acquireTokenByDeviceCode(request)));
  } catch (failure) {
    throw hasExpired(failure) ? error() : failure;
  } finally {
    // Polling stops before the next question.
    request.cancel = true;
  }
}

/** The code's time was up before the person's; MSAL looks at the clock by itself. */
function hasExpired(failure: unknown): boolean {
  const cause = failure instanceof Error ? failure.cause : undefined;
  return cause instanceof Error && 'errorCode' in cause && cause.errorCode === 'device_code_expired';
}
