/** What a program has to know to speak to the sandbox. */
export interface Settings {
  /** Sign-in, EWS and Graph. */
  readonly url: string;
  readonly smtp: { readonly host: string; readonly port: number };
  readonly imap: { readonly host: string; readonly port: number; readonly tlsPort: number };
  /** Where the certificate authority to trust is to be had. */
  readonly caUrl: string;
  /** The password of every user. */
  readonly password: string;
  /** The one-time code of every user. */
  readonly oneTimeCode: string;
}

/** Lines to copy into some program's settings. */
export interface Snippet {
  readonly title: string;
  readonly lines: readonly string[];
}

/** For the specs, with this package. */
export function specSnippets({ url, smtp, imap }: Settings): readonly Snippet[] {
  return [
    {
      title: 'exchange.config.ts',
      lines: [
        `import { defineConnections, sandboxConnection } from 'playwright-exchange/config';`,
        ``,
        `export default defineConnections({`,
        `  sandbox: sandboxConnection({ protocol: 'graph', url: '${url}' }),`,
        `});`,
      ],
    },
    {
      title: 'Environment, for sandboxConnection({ protocol }) and connectSandbox()',
      lines: [
        `PLAYWRIGHT_EXCHANGE_SANDBOX=${url}`,
        `PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP=${smtp.host}:${smtp.port}`,
        `PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP=${imap.host}:${imap.port}`,
      ],
    },
  ];
}

/** For an application that sends: plain SMTP, no TLS, no authentication. */
export function senderSnippets({ smtp: { host, port } }: Settings): readonly Snippet[] {
  return [
    { title: 'Host and port', lines: [host, String(port)] },
    { title: 'Nodemailer', lines: [`nodemailer.createTransport('smtp://${host}:${port}')`] },
    { title: '.NET, as environment', lines: [`Smtp__Host=${host}`, `Smtp__Port=${port}`, `Smtp__EnableSsl=false`] },
    { title: 'Spring', lines: [`spring.mail.host=${host}`, `spring.mail.port=${port}`] },
    { title: 'Django', lines: [`EMAIL_HOST = "${host}"`, `EMAIL_PORT = ${port}`, `EMAIL_USE_TLS = False`] },
    {
      title: 'Laravel',
      lines: [`MAIL_MAILER=smtp`, `MAIL_HOST=${host}`, `MAIL_PORT=${port}`, `MAIL_USERNAME=null`, `MAIL_PASSWORD=null`],
    },
    { title: 'Rails', lines: [`config.action_mailer.smtp_settings = { address: "${host}", port: ${port} }`] },
  ];
}

/** For programs in other languages: the controls over HTTP. */
export function controlSnippets({ url }: Settings): readonly Snippet[] {
  const post = (title: string, path: string, body: string): Snippet => ({
    title,
    lines: [`curl --json '${body}' ${url}/sandbox/${path}`],
  });
  return [
    post('Put a mail into a mailbox', 'deliver', '{"to": "qa@contoso.com", "subject": "Hello", "text": "..."}'),
    post('Let something go wrong', 'faults', '{"token": {"code": 50173}}'),
    post('Revoke a sign-in', 'identity', '{"revoke": "qa@contoso.com"}'),
    { title: 'What is in a mailbox', lines: [`curl ${url}/sandbox/messages?mailbox=qa@contoso.com`] },
  ];
}

/** What to put in the place of Microsoft's addresses, by what it is for. */
export function addressesOf(settings: Settings): Readonly<Record<string, string>> {
  const { url, smtp, imap, caUrl, password, oneTimeCode } = settings;
  return {
    'Sign-in (in place of https://login.microsoftonline.com)': url,
    'Exchange Web Services': `${url}/EWS/Exchange.asmx`,
    'Microsoft Graph (in place of https://graph.microsoft.com)': url,
    'SMTP submission': `${smtp.host}:${smtp.port}`,
    IMAP: `${imap.host}:${imap.port}`,
    'IMAP over TLS': `${imap.host}:${imap.tlsPort}`,
    'Certificate authority to trust': caUrl,
    'App registration': 'client ID sandbox, client secret sandbox, any tenant; for device codes sandbox-public',
    Users: `any address, password ${password}, one-time code ${oneTimeCode}`,
  };
}
