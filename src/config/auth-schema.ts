import * as z from '../vendor/zod.js';
import { cloudNames, resolveCloud } from './clouds.js';
import { loadCertificate } from './load-certificate.js';
import { text } from './text-schema.js';

const certificate = z
  .strictObject(
    { cert: text, key: text.optional(), passphrase: z.string('must be a text').optional() },
    'must be { cert, key, passphrase }',
  )
  .transform((definition, context) => {
    const loaded = loadCertificate(definition);
    if (!('faults' in loaded)) return loaded;
    for (const { field, problem } of loaded.faults) {
      context.addIssue({ code: 'custom', path: [field], message: problem });
    }
    return z.NEVER;
  });

const assertion = z.union(
  [
    z.literal('github'),
    z.strictObject({ file: text }),
    z.strictObject({ command: z.tuple([text], z.string('must be a text')) }),
  ],
  `must be 'github', { file: 'name' } or { command: ['program', 'argument', ...] }`,
);

const oauth2 = z.strictObject({
  type: z.literal('oauth2'),
  grant: z
    .enum(
      ['authorization_code', 'device_code', 'client_credentials'],
      `must be 'authorization_code', 'device_code' or 'client_credentials'`,
    )
    .default('authorization_code'),
  tenantId: text.optional(),
  clientId: text.optional(),
  clientSecret: text.optional(),
  certificate: certificate.optional(),
  assertion: assertion.optional(),
  redirectUrl: text.refine((value) => URL.canParse(value), 'must be a URL').optional(),
  scopes: z.array(text, 'must be a list of texts').min(1, 'must not be empty').optional(),
  cloud: text
    .refine((value) => resolveCloud(value) !== undefined, `must be one of ${cloudNames.join(', ')}, or an https URL`)
    .default('global'),
});

const basic = z.strictObject({
  type: z.literal('basic'),
  username: text.optional(),
  password: z.string('must be a text').optional(),
});

/** The shape of a definition's `auth`; a certificate's files are read and checked with it. */
export const authSchema = z.discriminatedUnion('type', [oauth2, basic], `must have the type 'oauth2' or 'basic'`);

/** The shape of `auth` where passwords are of no use. */
export const oauth2Schema = z.discriminatedUnion('type', [oauth2], `must have the type 'oauth2'`);

export type CheckedOAuth2 = z.output<typeof oauth2>;
