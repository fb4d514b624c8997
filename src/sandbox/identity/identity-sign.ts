import type { DoorSign } from '../server/door.js';

/** Where people enter the code of a device, in place of https://microsoft.com/devicelogin. */
export const devicePath = '/devicecode';

/** Where Graph says who a token is of. */
export const userInfoPath = '/oidc/userinfo';

const tenantPath =
  /^\/([^/]+)\/(oauth2\/(?:v2\.0\/(?:authorize|devicecode|logout|token)|authorize|logout|token)|(?:v2\.0\/)?\.well-known\/openid-configuration|discovery\/(?:instance|(?:v2\.0\/)?keys))$/;

/** Which endpoint is at a path, and of which tenant. */
export function endpointAt(path: string): { readonly tenant: string; readonly endpoint: string } {
  const [, tenant = 'common', endpoint = path] = tenantPath.exec(path) ?? [];
  return { tenant, endpoint };
}

/** Where the identity platform is. */
export const identitySign: DoorSign = {
  isOpenToPages: true,
  owns: (path) => path === devicePath || path === userInfoPath || tenantPath.test(path),
  serviceAt: () => 'Sign-in',
};
