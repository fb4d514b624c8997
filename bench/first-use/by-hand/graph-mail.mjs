import { setTimeout as sleep } from 'node:timers/promises';
import { ConfidentialClientApplication } from '@azure/msal-node';

const interval = 20;

/**
 * Mail over msal-node and fetch; Graph gives the messages' parts, so there is nothing to parse.
 * @param {Record<string, string>} env
 */
export async function openMail(env) {
  const url = env['PLAYWRIGHT_EXCHANGE_SANDBOX'] ?? '';
  const address = 'by-hand@contoso.com';
  const mailbox = `${url}/v1.0/users/${address}`;
  const headers = { Authorization: `Bearer ${await signIn(url)}`, 'Content-Type': 'application/json' };
  /** @type {{ id: string, subject: string }[]} */
  const mails = [];
  let link = `${mailbox}/mailFolders/inbox/messages/delta?$select=subject,body,from,toRecipients`;

  async function look() {
    for (let target = link; ;) {
      const answer = await fetch(target, { headers });
      if (!answer.ok) throw new Error(`${target} answers ${answer.status}`);
      const page = await answer.json();
      mails.push(...page.value);
      if (page['@odata.deltaLink']) return void (link = page['@odata.deltaLink']);
      target = page['@odata.nextLink'];
    }
  }

  await look();
  return {
    address,
    async next() {
      for (; mails.length === 0; await sleep(interval)) await look();
      return mails.shift()?.subject ?? '';
    },
    /** @param {{ to: string, subject: string, text: string }} message */
    async send({ to, subject, text }) {
      const toRecipients = [{ emailAddress: { address: to } }];
      const message = { subject, body: { contentType: 'text', content: text }, toRecipients };
      const body = JSON.stringify({ message });
      const answer = await fetch(`${mailbox}/sendMail`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`sending answers ${answer.status}`);
    },
    async close() {
      process.exit();
    },
  };
}

/**
 * MSAL takes an authority by https only, and is told where this one's endpoints are.
 * @param {string} url
 */
async function signIn(url) {
  const endpoints = `${url}/contoso.com/oauth2/v2.0`;
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: 'sandbox',
      clientSecret: 'sandbox',
      authority: 'https://login.sandbox.invalid/contoso.com',
      knownAuthorities: ['login.sandbox.invalid'],
      authorityMetadata: JSON.stringify({
        issuer: `${url}/contoso.com/v2.0`,
        authorization_endpoint: `${endpoints}/authorize`,
        token_endpoint: `${endpoints}/token`,
        jwks_uri: `${url}/contoso.com/discovery/v2.0/keys`,
      }),
    },
  });
  const result = await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  return result?.accessToken ?? '';
}
