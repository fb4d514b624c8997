import { isExchangeError } from '../../errors.js';
import { assertionError } from './assertion-error.js';
import type { MsalSessionOptions } from '../msal/session-options.js';

/**
 * Asks GitHub Actions for a token of the job, for Microsoft Entra ID to take.
 * https://docs.github.com/actions/reference/security/oidc
 */
export async function readGithubAssertion({ connection, environment, http }: MsalSessionOptions): Promise<string> {
  const { name, cloud } = connection;
  const endpoint = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const bearer = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (!endpoint || !bearer || !URL.canParse(endpoint)) {
    throw assertionError(name, 'this is no job of GitHub Actions that may ask for one', {
      advice: ['Give the job `permissions: { id-token: write }`; elsewhere use assertion: { file } or { command }.'],
    });
  }
  const url = new URL(endpoint);
  url.searchParams.set('audience', audienceOf(cloud.login));
  const headers = { Authorization: `Bearer ${bearer}`, Accept: 'application/json' };
  const request = { method: 'GET', url: url.href, headers, maxBody: 1_048_576 };
  const { status, body } = await http.request(request).catch((error: unknown) => {
    throw unreachable(name, error);
  });
  const token = status === 200 ? tokenOf(body.toString()) : undefined;
  if (token) return token;
  throw assertionError(name, `GitHub's ${url.origin}${url.pathname} answered ${status} without one`, {
    transient: status === 429 || status >= 500,
  });
}

/** What a federated credential's audience is in each cloud, by its sign-in service. */
const audiences: Readonly<Record<string, string>> = {
  'https://login.microsoftonline.us': 'api://AzureADTokenExchangeUSGov',
  'https://login.partner.microsoftonline.cn': 'api://AzureADTokenExchangeChina',
};

function audienceOf(login: string): string {
  return audiences[login] ?? 'api://AzureADTokenExchange';
}

function tokenOf(body: string): string | undefined {
  try {
    const { value } = JSON.parse(body) as { readonly value?: unknown };
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreachable(connection: string, error: unknown): unknown {
  if (!isExchangeError(error)) return error;
  const [summary = ''] = error.message.split('\n');
  return assertionError(connection, summary, { cause: error, advice: error.advice, transient: error.transient });
}
