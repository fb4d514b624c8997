import * as z from '../vendor/zod.js';
import { authSchema, oauth2Schema } from './auth-schema.js';
import { isAddress } from '../input/is-address.js';
import { kindOf } from '../input/kind-of.js';
import { longestTimeout } from '../input/timeout-fault.js';
import { isServiceUrl } from './clouds.js';
import { isAutodiscover, isServerName } from './server-address.js';
import { isProxySetting, proxyForms } from './proxy-setting.js';
import { text } from './text-schema.js';

/**
 * The shape of each field of a definition whose `env()` references have been replaced. What a field is
 * needed for depends on others: that is `mandatory.ts`.
 */

const host = text
  .transform((value) => (isAutodiscover(value) ? 'autodiscover' : value))
  .refine(
    (value) => isServiceUrl(value) || isServerName(value),
    `must be 'autodiscover', a host name, host:port, or an https URL (plain http only on loopback)`,
  )
  .refine((value) => !hasCredentials(value), 'must not hold a user name or a password: they belong in auth');

const address = text.refine(isAddress, 'must be an e-mail address');

const ca = z.union(
  [text.transform((value) => [value]), z.array(text)],
  'must be a file name, a PEM text, or a list of them',
);

const account = {
  user: address.optional(),
  mailbox: address.optional(),
  auth: authSchema,
  addressing: z
    .union(
      [z.enum(['plus', 'plain']), z.string().regex(/^[^\s@]*\{tag\}[^\s@]*@[^\s@]+$/)],
      `must be 'plus', 'plain' or a pattern such as '{tag}@qa.contoso.com'`,
    )
    .optional(),
  proxy: text.refine(isProxySetting, proxyForms).default('system'),
  tls: z.strictObject({ ca: ca.optional() }, 'must be { ca }').optional(),
};

const serverName = text
  .refine(isServerName, 'must be a host name, or host:port')
  .refine((value) => !isAutodiscover(value), 'must name the server: Autodiscover finds EWS only');

const port = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'must be a port number')
  .refine((value) => Number.isInteger(value) && value > 0 && value < 65_536, 'must be a port number');

const security = z.enum(['tls', 'starttls', 'none'], `must be 'tls', 'starttls' or 'none'`);

/** A text of another kind may be a secret. */
const protocol = {
  error({ input }: { input?: unknown }) {
    const isName = typeof input === 'string' && /^[\w-]{1,20}$/.test(input);
    return `must be 'ews', 'imap' or 'graph', not ${isName ? `'${input}'` : kindOf(input)}`;
  },
};

const ews = z.strictObject({ protocol: z.literal('ews', protocol), host: host.optional(), ...account });

const imap = z.strictObject({
  protocol: z.literal('imap', protocol),
  host: serverName.optional(),
  port: port.optional(),
  security: security.default('tls'),
  smtp: z
    .strictObject(
      {
        host: serverName.optional(),
        port: port.optional(),
        security: security.default('starttls'),
        keepsCopy: z.boolean('must be true or false').optional(),
      },
      'must be { host, port, security }',
    )
    .optional(),
  ...account,
});

const graph = z.strictObject({
  protocol: z.literal('graph', protocol),
  host: text.optional(),
  pollIntervals: z
    .array(
      z
        .number('must be milliseconds')
        .positive('must be more than 0')
        .max(longestTimeout, 'is more than a timer holds'),
      'must be a list of milliseconds',
    )
    .min(1, 'must not be empty')
    .optional(),
  ...account,
  auth: oauth2Schema,
});

export type CheckedEws = z.output<typeof ews>;
export type CheckedImap = z.output<typeof imap>;
export type CheckedGraph = z.output<typeof graph>;
export type CheckedDefinition = CheckedEws | CheckedImap | CheckedGraph;

const protocols: Readonly<Record<string, typeof ews | typeof imap | typeof graph>> = { ews, imap, graph };

/** Checks a definition as one of its protocol; where it names none, as one for EWS, to find its other faults. */
export function checkDefinition(value: unknown): z.ZodSafeParseResult<CheckedDefinition> {
  const named = typeof value === 'object' && value !== null && 'protocol' in value ? value.protocol : undefined;
  const isKnown = typeof named === 'string' && Object.hasOwn(protocols, named);
  return (isKnown ? protocols[named]! : ews).safeParse(value);
}

function hasCredentials(value: string): boolean {
  return URL.canParse(value) && new URL(value).username + new URL(value).password !== '';
}
