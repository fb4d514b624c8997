// A process of its own that opens a connection's token source and prints what came of it.
import { openTokenSource } from '../../dist/auth/open-token-source.js';
import { resolveConnection } from '../../dist/config/resolve-connection.js';
import { createHttpClient } from '../../dist/network/create-http-client.js';

const [definition, directory] = process.argv.slice(2);
const connection = await resolveConnection('MSOAuthHost', JSON.parse(definition ?? ''), {});
const http = createHttpClient({ proxy: 'none', ca: [] });
const { auth } = connection;
if (auth.type !== 'oauth2') throw new Error('the definition has to sign in with OAuth 2.0');
const source = await openTokenSource({ connection, auth, environment: process.env, http, directory: directory ?? '' });
process.stdout.write(await source.token());
http.close();
