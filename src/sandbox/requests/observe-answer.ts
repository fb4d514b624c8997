import { STATUS_CODES, type ServerResponse } from 'node:http';

/** Shows somebody an answer over HTTP while it is written, whoever writes it: its head as lines, then its body. */
export function observeAnswer(response: ServerResponse, look: (data: string | Uint8Array) => void): void {
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const lookAtBody = (data: unknown): void => {
    if (typeof data === 'string' || data instanceof Uint8Array) look(data);
  };
  Object.assign(response, {
    // Node calls it too, where a door begins with the body.
    writeHead(...args: Parameters<typeof writeHead>) {
      writeHead(...args);
      const given: unknown = args.at(-1);
      const fields = { ...response.getHeaders(), ...(typeof given === 'object' && given) };
      look(`${statusLine(response.statusCode)}\n${fieldLines(fields)}\n`);
      return response;
    },
    write(...args: Parameters<typeof write>) {
      lookAtBody(args[0]);
      return write(...args);
    },
    end(...args: Parameters<typeof end>) {
      // The head comes first, which `end` itself would write when it is too late.
      if (!response.headersSent) response.writeHead(response.statusCode);
      lookAtBody(args[0]);
      return end(...args);
    },
  });
}

export function statusLine(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

/** Header fields, each a line. */
export function fieldLines(fields: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each) => `${name}: ${String(each)}\n`),
  );
  return lines.join('');
}
