import { ClientCertificateCredential, ClientSecretCredential, EnvironmentCredential } from '@azure/identity';

// As an application that is moved to the sandbox by its settings alone. Prints one line of JSON for each credential.
const [authorityHost = '', certificatePath = ''] = process.argv.slice(2);
const settings = { authorityHost, disableInstanceDiscovery: true };
const scope = 'https://graph.microsoft.com/.default';

/** @param {string} step @param {import('@azure/identity').TokenCredential} credential */
async function report(step, credential) {
  const token = await credential.getToken(scope).catch((/** @type {Error} */ error) => error);
  const said = token instanceof Error ? /AADSTS\d+/.exec(token.message)?.[0] : token?.token.split('.').length;
  console.log(JSON.stringify({ step, said }));
}

process.env['AZURE_TENANT_ID'] = 'contoso.com';
process.env['AZURE_CLIENT_ID'] = process.env['AZURE_CLIENT_SECRET'] = 'sandbox';
await report('environment', new EnvironmentCredential(settings));
await report('secret', new ClientSecretCredential('contoso.com', 'sandbox', 'sandbox', settings));
await report('wrong secret', new ClientSecretCredential('contoso.com', 'sandbox', 'wrong', settings));
await report('certificate', new ClientCertificateCredential('contoso.com', 'pipeline', { certificatePath }, settings));
