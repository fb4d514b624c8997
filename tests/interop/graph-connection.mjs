import { Client } from '@microsoft/microsoft-graph-client';

/** @param {string} step @param {object} facts */
export function say(step, facts) {
  console.log(JSON.stringify({ step, ...facts }));
}

/**
 * Microsoft's client, with tokens for a grant.
 * @param {string} sandbox @param {Record<string, string>} grant
 */
export function connect(sandbox, grant) {
  const { host, hostname } = new URL(sandbox);
  return Client.initWithMiddleware({
    baseUrl: `https://${host}/`,
    customHosts: new Set([hostname]),
    authProvider: {
      async getAccessToken() {
        const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'sandbox', ...grant });
        const response = await fetch(`${sandbox}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
        const { access_token: token } = await response.json();
        return token;
      },
    },
  });
}

/** An app's grant, for what it may do in every mailbox. */
export const forApp = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' };
