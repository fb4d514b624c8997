import type { DoorSign } from '../server/door.js';

/** Where the certificate authority to trust is found. */
export const caPath = '/sandbox/ca.pem';

const paths = [caPath, ...['faults', 'identity', 'interrupt', 'deliver'].map((name) => `/sandbox/${name}`)];

/** Where the sandbox's own controls are. */
export const controlSign: DoorSign = {
  isOpenToPages: false,
  owns: (path) => paths.includes(path),
  serviceAt: () => undefined,
};
