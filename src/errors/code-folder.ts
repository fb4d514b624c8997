/**
 * Where this package's code lies, `dist` or `src`: one up from this file, and from the folder that the build puts it
 * into (`dist/chunks`).
 */
export const codeFolder = new URL('../', import.meta.url);
