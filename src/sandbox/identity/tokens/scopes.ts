import { AadstsError } from '../failures/aadsts-error.js';

interface Resource {
  /** Delegated permissions and what the consent page says of each. */
  readonly delegated: Readonly<Record<string, string>>;
  /** Application permissions. */
  readonly application: readonly string[];
}

const outlook: Resource = {
  delegated: {
    'EWS.AccessAsUser.All': 'Access your mailboxes via Exchange Web Services',
    'IMAP.AccessAsUser.All': 'Read and write access to your mail via IMAP',
    'POP.AccessAsUser.All': 'Read and write access to your mail via POP',
    'SMTP.Send': 'Send mail as you via SMTP',
  },
  application: ['full_access_as_app', 'IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
};

const graph: Resource = {
  delegated: {
    'Calendars.Read': 'Read your calendars',
    'Calendars.Read.Shared': 'Read calendars you can access',
    'Calendars.ReadWrite': 'Have full access to your calendars',
    'Calendars.ReadWrite.Shared': 'Read and write calendars you can access',
    'Contacts.Read': 'Read your contacts',
    'Contacts.Read.Shared': 'Read your and shared contacts',
    'Contacts.ReadWrite': 'Have full access to your contacts',
    'Contacts.ReadWrite.Shared': 'Read and write to your and shared contacts',
    'Mail.Read': 'Read your mail',
    'Mail.Read.Shared': 'Read mail you can access',
    'Mail.ReadWrite': 'Read and write access to your mail',
    'Mail.ReadWrite.Shared': 'Read and write mail you can access',
    'Mail.Send': 'Send mail as you',
    'Mail.Send.Shared': 'Send mail on behalf of others or yourself',
    'MailboxSettings.Read': 'Read your mailbox settings',
    'MailboxSettings.ReadWrite': 'Read and write your mailbox settings',
    'User.Read': 'Sign you in and read your profile',
    'User.Read.All': "Read all users' full profiles",
    'User.ReadBasic.All': "Read all users' basic profiles",
  },
  application: [
    'Mail.Read',
    'Mail.ReadWrite',
    'Mail.Send',
    'MailboxSettings.Read',
    'MailboxSettings.ReadWrite',
    'User.Read.All',
    'Calendars.Read',
    'Calendars.ReadWrite',
    'Contacts.Read',
    'Contacts.ReadWrite',
  ],
};

/** The resource of a scope that names none. */
export const graphUrl = 'https://graph.microsoft.com';
const resources: Readonly<Record<string, Resource>> = {
  'https://outlook.office365.com': outlook,
  'https://outlook.office.com': outlook,
  [graphUrl]: graph,
};

/** The scopes that name no resource (OpenID Connect Core section 5.4, and offline access). */
const openIdScopes: Readonly<Record<string, string>> = {
  openid: 'View your basic profile',
  profile: 'View your basic profile',
  email: 'View your basic profile',
  offline_access: 'Maintain access to data you have given it access to',
};

/** One permission of one resource. */
export interface Permission {
  readonly resource: string;
  readonly name: string;
}

/** What a `scope` parameter asks for, taken apart. */
export interface RequestedScopes {
  /** Word by word, each once. */
  readonly asked: readonly string[];
  readonly openId: readonly string[];
  readonly permissions: readonly Permission[];
}

/**
 * Takes a delegated `scope` parameter apart; `/.default` stands for all permissions of its resource.
 * @throws AadstsError 70011, 500011
 */
export function parseScopes(scope: string): RequestedScopes {
  const asked = [...new Set(scope.split(/\s+/).filter(Boolean))];
  if (!asked.length) throw new AadstsError(70011, { scope: "''" });
  const openId = asked.filter((name) => Object.hasOwn(openIdScopes, name));
  const permissions = asked.filter((name) => !openId.includes(name)).flatMap(delegatedPermissions);
  return { asked, openId, permissions };
}

/**
 * The application permissions behind a `https://.../.default` scope.
 * @throws AadstsError 1002012, 500011
 */
export function applicationPermissions(scope: string): {
  readonly resource: string;
  readonly roles: readonly string[];
} {
  const { resource, name } = split(scope.trim());
  if (name !== '.default') throw new AadstsError(1002012, { scope });
  return { resource, roles: known(resource).application };
}

/** The scope as a client writes it. */
export function scopeOf(permission: Permission): string {
  return `${permission.resource}/${permission.name}`;
}

/** What the consent page says, a line each. */
export function consentLines(requested: RequestedScopes): string[] {
  const lines = requested.permissions.map(
    ({ resource, name }) => known(resource).delegated[name] ?? ownScopes(resource, name)[name] ?? name,
  );
  return [...new Set([...lines, ...requested.openId.map((name) => openIdScopes[name] ?? name)])];
}

function delegatedPermissions(scope: string): Permission[] {
  const { resource, name } = split(scope);
  const delegated = { ...known(resource).delegated, ...ownScopes(resource, name) };
  if (name === '.default') return Object.keys(delegated).map((each) => ({ resource, name: each }));
  if (!Object.hasOwn(delegated, name)) throw new AadstsError(70011, { scope });
  return [{ resource, name }];
}

/** A scope without a resource is Graph's. */
function split(scope: string): Permission {
  const [, resource = graphUrl, name = ''] = /^(?:((?:https?|api):\/\/.*[^/])\/+)?([^/]+)$/.exec(scope) ?? [];
  return { resource, name };
}

/** An app of one's own is a resource too (`api://CLIENT_ID/access_as_user`), with whatever scope it has. */
function ownScopes(resource: string, name: string): Readonly<Record<string, string>> {
  return resource.startsWith('api://') ? { [name === '.default' ? 'access_as_user' : name]: `Access ${resource}` } : {};
}

function known(resource: string): Resource {
  const found = resources[resource] ?? (resource.startsWith('api://') ? { delegated: {}, application: [] } : undefined);
  if (!found) throw new AadstsError(500011, { resource });
  return found;
}
