import { fstatSync } from 'node:fs';

/**
 * Resolves on SIGINT, on SIGTERM, on SIGHUP (the terminal was closed), and, where standard input is a pipe, at its end: a
 * parent that was killed sends no signal. A terminal's or a file's end says nothing.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.stdin.destroy();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
    if (isPipe(0)) process.stdin.once('end', stop).once('error', stop).resume();
  });
}

function isPipe(descriptor: number): boolean {
  // Without `bigint`, whatever is imported afterwards is taken for no link: https://github.com/nodejs/node/issues/51142
  const stats = fstatSync(descriptor, { bigint: true });
  // Node's own pipes between processes are sockets.
  return stats.isFIFO() || stats.isSocket();
}
