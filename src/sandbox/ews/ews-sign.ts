import type { DoorSign } from '../server/door.js';

const servicePath = '/ews/exchange.asmx';

const autodiscoverPath = /^\/autodiscover\/autodiscover\.(?:(json)(?:\/|$)|(svc|xml)$)/i;

export function isEwsPath(path: string): boolean {
  return path.toLowerCase() === servicePath;
}

/** The form of Autodiscover at a path; nothing where there is none. */
export function autodiscoverForm(path: string): 'json' | 'svc' | 'xml' | undefined {
  const [, json, other] = autodiscoverPath.exec(path) ?? [];
  return (json ?? other)?.toLowerCase() as 'json' | 'svc' | 'xml' | undefined;
}

/** Where Exchange Web Services and Autodiscover are. */
export const ewsSign: DoorSign = {
  isOpenToPages: false,
  owns: (path) => isEwsPath(path) || autodiscoverForm(path) !== undefined,
  serviceAt: (path) => (isEwsPath(path) ? 'EWS' : 'Autodiscover'),
};
