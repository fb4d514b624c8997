import type { OAuth2Definition } from '../../config/auth-types.js';
import type { Environment } from '../../config/environment.js';
import type { ConnectionDefinition } from '../../config/types.js';
import type { ValueOrEnv } from '../../config/value-or-env.js';

/** What a definition says of its app registration, as far as it is known: a variable may not be set yet. */
export interface App {
  readonly connection: string;
  readonly protocol: ConnectionDefinition['protocol'];
  readonly grant: NonNullable<OAuth2Definition['grant']>;
  /** What the app proves itself with; a public client has nothing. */
  readonly proof: 'secret' | 'certificate' | 'federated' | 'nothing';
  /** The variable or value of the client ID, as a shell has it. */
  readonly clientId: string;
  readonly redirectUrl: string;
  /** The mailbox that the tests work in. */
  readonly mailbox: string;
  /** Somebody signs in, and works in another's mailbox. */
  readonly isShared: boolean;
  readonly isGithub: boolean;
  readonly cloud: string;
}

/** Reads it off a definition; nothing where the connection needs no app registration. */
export function readApp(
  connection: string,
  definition: ConnectionDefinition,
  environment: Environment,
): App | undefined {
  const { auth, protocol, user, mailbox } = definition;
  if (auth.type !== 'oauth2') return undefined;
  const text = (value: ValueOrEnv<string> | undefined, otherwise: string): string => {
    if (value === undefined) return otherwise;
    return typeof value === 'string' ? value : environment[value.env] || otherwise;
  };
  const grant = auth.grant ?? 'authorization_code';
  const own = text(user, 'qa@contoso.com');
  const used = text(mailbox, own);
  return {
    connection,
    protocol,
    grant,
    proof: proofOf(auth, grant),
    clientId: text(auth.clientId, '<application (client) ID>'),
    redirectUrl: text(auth.redirectUrl, 'http://localhost:3000/oauth/callback'),
    mailbox: used,
    isShared: grant !== 'client_credentials' && used !== own,
    isGithub: auth.assertion === 'github',
    cloud: text(auth.cloud, 'global'),
  };
}

function proofOf({ certificate, assertion }: OAuth2Definition, grant: App['grant']): App['proof'] {
  if (certificate) return 'certificate';
  if (assertion) return 'federated';
  return grant === 'device_code' ? 'nothing' : 'secret';
}
