import type { DoorSign } from '../server/door.js';

/** The versions, each the root of its paths. `/beta` is the same where it is the same at Microsoft's. */
const versions = ['/v1.0', '/beta'];

/** Where the pieces go: an address that is its own permission, as Outlook's service gives it to Graph's clients. */
const uploadPath = /^\/api\/v2\.0\/users\('[^/]*'\)\/messages\('[^/]*'\)\/attachmentsessions\('([\w-]+)'\)$/i;

/** The version that a path is below; nothing where it is none of Graph's. */
export function versionOf(path: string): string | undefined {
  const lower = path.toLowerCase();
  return versions.find((version) => lower === version || lower.startsWith(`${version}/`));
}

/** The token of the upload whose pieces go to a path; nothing where it is none. */
export function uploadTokenOf(path: string): string | undefined {
  return uploadPath.exec(path)?.[1];
}

/** Where Microsoft Graph is. */
export const graphSign: DoorSign = {
  isOpenToPages: true,
  owns: (path) => uploadTokenOf(path) !== undefined || versionOf(path) !== undefined,
  serviceAt: () => 'Graph',
};
