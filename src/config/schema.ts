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

const host = z
  .pipe(
    text,
    z.transform((value) => (isAutodiscover(value) ? 'autodiscover' : value)),
  )
  .check(
    z.refine(
      (value) => isServiceUrl(value) || isServerName(value),
      `must be 'autodiscover', a host name, host:port, or an https URL (plain http only on loopback)`,
    ),
    z.refine((value) => !hasCredentials(value), 'must not hold a user name or a password: they belong in auth'),
  );

const address = text.check(z.refine(isAddress, 'must be an e-mail address'));

const oneText = z.pipe(
  text,
  z.transform((value) => [value]),
);

const ca = z.union([oneText, z.array(text)], 'must be a file name, a PEM text, or a list of them');

const addressing = z.union(
  [z.enum(['plus', 'plain']), z.string().check(z.regex(/^[^\s@]*\{tag\}[^\s@]*@[^\s@]+$/))],
  `must be 'plus', 'plain' or a pattern such as '{tag}@qa.contoso.com'`,
);

const account = {
  user: z.optional(address),
  mailbox: z.optional(address),
  auth: authSchema,
  addressing: z.optional(addressing),
  proxy: z._default(text.check(z.refine(isProxySetting, proxyForms)), 'system'),
  tls: z.optional(z.strictObject({ ca: z.optional(ca) }, 'must be { ca }')),
};

const serverName = text.check(
  z.refine(isServerName, 'must be a host name, or host:port'),
  z.refine((value) => !isAutodiscover(value), 'must name the server: Autodiscover finds EWS only'),
);

const digits = z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number));

const port = z
  .union([z.number(), digits], 'must be a port number')
  .check(z.refine((value) => Number.isInteger(value) && value > 0 && value < 65_536, 'must be a port number'));

const security = z.enum(['tls', 'starttls', 'none'], `must be 'tls', 'starttls' or 'none'`);

/** A text of another kind may be a secret. */
const protocol = {
  error({ input }: { input?: unknown }) {
    const isName = typeof input === 'string' && /^[\w-]{1,20}$/.test(input);
    return `must be 'ews', 'imap' or 'graph', not ${isName ? `'${input}'` : kindOf(input)}`;
  },
};

const ews = z.strictObject({ protocol: z.literal('ews', protocol), host: z.optional(host), ...account });

const smtp = z.strictObject(
  {
    host: z.optional(serverName),
    port: z.optional(port),
    security: z._default(security, 'starttls'),
    keepsCopy: z.optional(z.boolean('must be true or false')),
  },
  'must be { host, port, security }',
);

const imap = z.strictObject({
  protocol: z.literal('imap', protocol),
  host: z.optional(serverName),
  port: z.optional(port),
  security: z._default(security, 'tls'),
  smtp: z.optional(smtp),
  ...account,
});

const milliseconds = z
  .number('must be milliseconds')
  .check(z.positive('must be more than 0'), z.maximum(longestTimeout, 'is more than a timer holds'));

const pollIntervals = z
  .array(milliseconds, 'must be a list of milliseconds')
  .check(z.minLength(1, 'must not be empty'));

const graph = z.strictObject({
  protocol: z.literal('graph', protocol),
  host: z.optional(text),
  pollIntervals: z.optional(pollIntervals),
  ...account,
  auth: oauth2Schema,
});

export type CheckedEws = z.output<typeof ews>;
export type CheckedImap = z.output<typeof imap>;
export type CheckedGraph = z.output<typeof graph>;
export type CheckedDefinition = CheckedEws | CheckedImap | CheckedGraph;

const protocols: Readonly<Record<string, typeof ews | typeof imap | typeof graph>> = { ews, imap, graph };

/** Checks a definition as one of its protocol; where it names none, as one for EWS, to find its other faults. */
export function checkDefinition(value: unknown): ReturnType<z.ZodMiniType<CheckedDefinition>['safeParse']> {
  const named = typeof value === 'object' && value !== null && 'protocol' in value ? value.protocol : undefined;
  const isKnown = typeof named === 'string' && Object.hasOwn(protocols, named);
  return (isKnown ? protocols[named]! : ews).safeParse(value);
}

function hasCredentials(value: string): boolean {
  return URL.canParse(value) && new URL(value).username + new URL(value).password !== '';
}
