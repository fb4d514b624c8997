/** Where one of Microsoft's clouds, or a stand-in for them, has its services. */
export interface ResolvedCloud {
  readonly name: string;
  /** The sign-in service: `https://login.microsoftonline.com`. */
  readonly login: string;
  /** Exchange Online: `https://outlook.office365.com`. */
  readonly exchange: string;
  /** What scopes of Exchange are named after. A stand-in takes the global cloud's. */
  readonly exchangeResource: string;
  /** What a user's scopes of IMAP and SMTP are named after. */
  readonly mailResource: string;
  /** Where Exchange Online takes mail; nothing where that has to be said. */
  readonly smtpHost: string | undefined;
  /** Microsoft Graph: `https://graph.microsoft.com`. */
  readonly graph: string;
  /** What scopes of Graph are named after. A stand-in takes the global cloud's. */
  readonly graphResource: string;
  /** It is not Microsoft's: its endpoints are taken from {@link login}, not from what is known of Microsoft. */
  readonly isStandIn: boolean;
}

type Hosts = Pick<ResolvedCloud, 'login' | 'exchange' | 'mailResource' | 'smtpHost' | 'graph'>;

// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
// https://learn.microsoft.com/graph/deployments
const clouds: Readonly<Record<string, Hosts>> = {
  global: {
    login: 'https://login.microsoftonline.com',
    exchange: 'https://outlook.office365.com',
    mailResource: 'https://outlook.office.com',
    smtpHost: 'smtp.office365.com',
    graph: 'https://graph.microsoft.com',
  },
  'us-gov': {
    login: 'https://login.microsoftonline.us',
    exchange: 'https://outlook.office365.us',
    mailResource: 'https://outlook.office365.us',
    smtpHost: 'smtp.office365.us',
    graph: 'https://graph.microsoft.us',
  },
  'us-gov-dod': {
    login: 'https://login.microsoftonline.us',
    exchange: 'https://outlook-dod.office365.us',
    mailResource: 'https://outlook-dod.office365.us',
    smtpHost: undefined,
    graph: 'https://dod-graph.microsoft.us',
  },
  china: {
    login: 'https://login.partner.microsoftonline.cn',
    exchange: 'https://partner.outlook.cn',
    mailResource: 'https://partner.outlook.cn',
    smtpHost: 'smtp.partner.outlook.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

export const cloudNames: readonly string[] = Object.keys(clouds);

/** Looks up a cloud by its name or a stand-in's URL; nothing where it is neither. */
export function resolveCloud(name: string): ResolvedCloud | undefined {
  const known = Object.hasOwn(clouds, name) ? clouds[name] : undefined;
  if (known) {
    return { name, ...known, exchangeResource: known.exchange, graphResource: known.graph, isStandIn: false };
  }
  if (!isServiceUrl(name)) return undefined;
  const url = new URL(name).origin;
  return {
    name: url,
    login: url,
    exchange: url,
    exchangeResource: 'https://outlook.office365.com',
    mailResource: 'https://outlook.office.com',
    smtpHost: undefined,
    graph: url,
    graphResource: 'https://graph.microsoft.com',
    isStandIn: true,
  };
}

/** An https URL, or a plain http one on loopback: nothing secret travels in clear text over a network. */
export function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Whether a host can only be this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
