import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Sandbox } from '../../src/sandbox/index.js';

/** Which doors of the sandbox were come to meanwhile, by the addresses that the connections came from. */
export async function callersOf(sandbox: Sandbox, act: () => Promise<void>): Promise<Record<string, Set<string>>> {
  const doors = new Map([
    [Number(new URL(sandbox.url).port), 'http'],
    [sandbox.imap.port, 'imap'],
    [sandbox.imap.tlsPort, 'imap'],
    [sandbox.smtp.port, 'smtp'],
  ]);
  const callers: Record<string, Set<string>> = {};
  const note = (message: unknown): void => {
    const { localPort = 0, remoteAddress = '' } = (message as { readonly socket: Socket }).socket;
    const door = doors.get(localPort);
    if (door) (callers[remoteAddress] ??= new Set()).add(door);
  };
  subscribe('net.server.socket', note);
  try {
    await act();
  } finally {
    unsubscribe('net.server.socket', note);
  }
  return callers;
}
