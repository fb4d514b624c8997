import * as z from '../vendor/zod.js';
import { cloudNames, resolveCloud } from './clouds.js';
import { loadCertificate } from './load-certificate.js';
import { text } from './text-schema.js';

const certificate = z.pipe(
  z.strictObject(
    { cert: text, key: z.optional(text), passphrase: z.optional(z.string('must be a text')) },
    'must be { cert, key, passphrase }',
  ),
  z.transform((definition, context) => {
    const loaded = loadCertificate(definition);
    if (!('faults' in loaded)) return loaded;
    for (const { field, problem } of loaded.faults) {
      context.issues.push({ code: 'custom', path: [field], message: problem, input: definition });
    }
    return z.NEVER;
  }),
);

const assertion = z.union(
  [
    z.literal('github'),
    z.strictObject({ file: text }),
    z.strictObject({ command: z.tuple([text], z.string('must be a text')) }),
  ],
  `must be 'github', { file: 'name' } or { command: ['program', 'argument', ...] }`,
);

const grant = z.enum(
  ['authorization_code', 'device_code', 'client_credentials'],
  `must be 'authorization_code', 'device_code' or 'client_credentials'`,
);

const url = text.check(z.refine((value) => URL.canParse(value), 'must be a URL'));

const cloud = text.check(
  z.refine((value) => resolveCloud(value) !== undefined, `must be one of ${cloudNames.join(', ')}, or an https URL`),
);

const oauth2 = z.strictObject({
  type: z.literal('oauth2'),
  grant: z._default(grant, 'authorization_code'),
  tenantId: z.optional(text),
  clientId: z.optional(text),
  clientSecret: z.optional(text),
  certificate: z.optional(certificate),
  assertion: z.optional(assertion),
  redirectUrl: z.optional(url),
  scopes: z.optional(z.array(text, 'must be a list of texts').check(z.minLength(1, 'must not be empty'))),
  cloud: z._default(cloud, 'global'),
});

const basic = z.strictObject({
  type: z.literal('basic'),
  username: z.optional(text),
  password: z.optional(z.string('must be a text')),
});

/** The shape of a definition's `auth`; a certificate's files are read and checked with it. */
export const authSchema = z.discriminatedUnion('type', [oauth2, basic], `must have the type 'oauth2' or 'basic'`);

/** The shape of `auth` where passwords are of no use. */
export const oauth2Schema = z.discriminatedUnion('type', [oauth2], `must have the type 'oauth2'`);

export type CheckedOAuth2 = z.output<typeof oauth2>;
