import { ClientSecretCredential } from '@azure/identity';

// As an application that knows nothing of the sandbox: the environment alone leads it there. Prints a line of JSON.
const scope = 'https://graph.microsoft.com/.default';
const { token } = await new ClientSecretCredential('contoso.com', 'sandbox', 'sandbox').getToken(scope);
const [, claims = ''] = token.split('.');
console.log(JSON.stringify({ issuer: JSON.parse(Buffer.from(claims, 'base64url').toString()).iss }));
