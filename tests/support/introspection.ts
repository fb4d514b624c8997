import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface IntrospectionServer extends AsyncDisposable {
  readonly url: string;
  /** How many of the next tokens are said to be no good, whatever they are. */
  refuse: number;
}

/** OAuth 2.0 token introspection (RFC 7662): whose mailbox a token is for. */
export async function startIntrospection(userOf: (token: string) => string | undefined): Promise<IntrospectionServer> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = new URLSearchParams(await text(request)).get('token') ?? '';
    const refused = introspection.refuse > 0 && introspection.refuse--;
    const username = refused ? undefined : userOf(token);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ active: username !== undefined, username }));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const introspection: IntrospectionServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/introspect`,
    refuse: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return introspection;
}
