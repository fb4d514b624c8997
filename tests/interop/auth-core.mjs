import { Auth, skipCSRFCheck } from '@auth/core';
import MicrosoftEntraID from '@auth/core/providers/microsoft-entra-id';

// An application that signs people in by Auth.js, a person, and who it takes them for. Prints one line of JSON.
const [issuer = ''] = process.argv.slice(2);
const provider = MicrosoftEntraID({
  clientId: 'sandbox',
  clientSecret: 'sandbox',
  issuer,
  // Else it asks graph.microsoft.com for a photo.
  profile: ({ sub, name, email }) => ({ id: sub, name, email }),
});
/** @type {import('@auth/core').AuthConfig} */
const config = {
  secret: 'a secret of the application',
  trustHost: true,
  basePath: '/auth',
  skipCSRFCheck,
  providers: [provider],
};
const application = 'http://localhost:3000/auth';

const begun = await Auth(new Request(`${application}/signin/microsoft-entra-id`, { method: 'POST' }), config);
const back = await signIn(begun.headers.get('location') ?? '');
const ended = await Auth(new Request(back, { headers: { Cookie: cookiesOf(begun) } }), config);
const session = await Auth(new Request(`${application}/session`, { headers: { Cookie: cookiesOf(ended) } }), config);
console.log(JSON.stringify(/** @type {{ user?: unknown } | null} */ (await session.json())?.user));

/** @param {{ headers: Headers }} response */
function cookiesOf({ headers }) {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/**
 * What a person does in a browser; where they are sent back to.
 * @param {string} url
 */
async function signIn(url) {
  let token = '';
  for (const fields of [
    { loginfmt: 'qa@contoso.com', passwd: 'secret' },
    { LoginOptions: '3' },
    { decision: 'accept' },
  ]) {
    const body = new URLSearchParams({ ...fields, ...(token && { flowToken: token }) });
    const response = await fetch(url, { method: 'POST', redirect: 'manual', body });
    const location = response.headers.get('location');
    if (location) return location;
    [, token = ''] = /name="flowToken"\s+value="([^"]*)"/.exec(await response.text()) ?? [];
  }
  throw new Error('The person was not sent back.');
}
