/** What is behind a port of Microsoft's. */
export type LedTo = 'http' | 'imap' | 'imapTls' | 'smtp';

const web = [
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'graph.microsoft.com',
  'outlook.office365.com',
  'outlook.office.com',
  'autodiscover-s.outlook.com',
];

const mail: readonly (readonly [authority: string, service: LedTo])[] = [
  ['outlook.office365.com:143', 'imap'],
  ['outlook.office365.com:993', 'imapTls'],
  ['smtp.office365.com:587', 'smtp'],
];

const services = new Map<string, LedTo>([...web.map((host) => [`${host}:443`, 'http'] as const), ...mail]);

/** The hosts of Microsoft's that the sandbox stands for. */
export const microsoftHosts: readonly string[] = [...new Set([...services.keys()].map((name) => name.split(':')[0]!))];

/** What of the sandbox stands for a host and port; nothing where nothing does. */
export function standingFor(authority: string): LedTo | undefined {
  return services.get(authority.toLowerCase());
}
