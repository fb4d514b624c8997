interface Explanation {
  readonly meaning: string;
  /** What to do; an error's own advice says it for the case at hand. */
  readonly remedy: string;
}

const authorise = 'Authorise the connection again: `npx playwright test --project authorise`.';
const waitAndSee = 'It passes: what waits tries it again until its deadline.';

/** Every code of an error; docs/errors.md is made of it. */
export const errorCodes = {
  CONFIGURATION: {
    meaning: 'A definition, an option, a filter or an argument is not usable. Nothing was tried.',
    remedy: 'Correct what the lines below it name: they are all that is wrong.',
  },
  MESSAGE_TIMEOUT: {
    meaning: 'No message that matches came in time.',
    remedy: 'See what came instead, and why it was no match: the error lists both, nearest first.',
  },
  MESSAGE_CONTENT: {
    meaning: 'The message is not what was expected of it: no link, no code, two that are equally good.',
    remedy: 'Say which by a pattern, or see in the message whether the application sent the right one.',
  },
  AUTH_MISSING: {
    meaning: 'Nobody has signed in to the connection here.',
    remedy: 'Authorise it: `npx playwright test --project authorise`; or carry an exported sign-in over.',
  },
  AUTH_CHANGED: {
    meaning: 'Tenant, client, user, scopes or cloud differ from what was authorised; the error says which.',
    remedy: `${authorise} Or put the field back.`,
  },
  AUTH_REVOKED: { meaning: 'The sign-in was revoked, or the account or its password changed.', remedy: authorise },
  AUTH_EXPIRED: { meaning: 'The sign-in has ended: not used for 90 days, or by a policy.', remedy: authorise },
  AUTH_TENANT: { meaning: 'The tenant is unknown, or in another cloud.', remedy: 'Correct `tenantId`, or `cloud`.' },
  AUTH_CLIENT_ID: {
    meaning: 'The app registration is not in the tenant, or disabled.',
    remedy: 'Correct `clientId`, or have the app enabled.',
  },
  AUTH_CLIENT_SECRET: {
    meaning: 'What the app proves itself with (secret, certificate, federated token) is wrong, missing or expired.',
    remedy: 'Give it a new one; the sign-in of a person stays good.',
  },
  AUTH_REDIRECT_URL: {
    meaning: 'The redirect URL is not registered, or not under the platform Web.',
    remedy: 'Register `redirectUrl` under *Authentication*, *Web*, letter for letter.',
  },
  AUTH_SCOPE: {
    meaning: 'A scope is unknown, of another service, or not among what the app may ask for.',
    remedy: 'Correct `scopes`, or leave it out.',
  },
  AUTH_CONSENT: {
    meaning: 'Nobody has consented to what the app asks for, or the consent was withdrawn.',
    remedy: 'Consent, or have an administrator do it at the address that the error names.',
  },
  AUTH_USER_MISMATCH: {
    meaning: 'Somebody else signed in than `user`; the tokens were not kept.',
    remedy: 'Sign in as `user`, or correct it.',
  },
  AUTH_INTERACTION: {
    meaning: 'A person is needed: a second factor, terms of use, a window that nobody can open or see.',
    remedy: authorise,
  },
  AUTH_POLICY: {
    meaning:
      "A policy of the tenant (Conditional Access) doesn't allow this sign-in, or this token; or the account is locked.",
    remedy: 'Ask the administrator; repeating it does not help.',
  },
  AUTH_THROTTLED: { meaning: 'There were too many requests for tokens.', remedy: waitAndSee },
  AUTH_UNAVAILABLE: { meaning: "Microsoft's sign-in service could not answer.", remedy: waitAndSee },
  AUTH_REFUSED: {
    meaning: 'The server, or the sign-in service, refused the sign-in for a reason that is none of these.',
    remedy: 'See what it said; AADSTS codes are explained at <https://login.microsoftonline.com/error>.',
  },
  ACCESS_DENIED: {
    meaning: 'Who signed in may not do that, in that mailbox.',
    remedy: '`npx playwright-exchange app-registration` lists the permissions that it needs.',
  },
  EWS_DISABLED: {
    meaning: 'EWS is switched off for the tenant, the mailbox or the app.',
    remedy: '[Move to Graph](graph.md), or have it switched on while Microsoft still has it.',
  },
  MAILBOX_NOT_FOUND: {
    meaning: 'There is no such mailbox, or it is not in Exchange Online.',
    remedy: 'Correct `user` or `mailbox`; a mailbox on your own Exchange Server needs `ews` or `imap`.',
  },
  FOLDER_NOT_FOUND: {
    meaning: 'There is no such folder.',
    remedy: 'Take one of those that the error lists, or a name such as `junkemail`.',
  },
  MESSAGE_NOT_FOUND: {
    meaning: 'The message is no longer where it was.',
    remedy: 'Somebody else has deleted or moved it: another test, a rule, a person.',
  },
  SERVER_BUSY: { meaning: 'The server asks to be left alone for a while.', remedy: waitAndSee },
  PUSH_UNAVAILABLE: {
    meaning: 'The server gives no notice of what arrives.',
    remedy: 'Nothing: it is asked from time to time instead.',
  },
  AUTODISCOVER: {
    meaning: "No server was found for `host: 'autodiscover'`.",
    remedy: 'Name the server as `host`; the error lists what was asked.',
  },
  NETWORK: {
    meaning: 'The server could not be reached, or its certificate is not trusted.',
    remedy: 'See which name and port the error tells; `npx playwright-exchange doctor` tries the way.',
  },
  PROXY: {
    meaning: "The proxy could not be reached, or doesn't let this through.",
    remedy: 'Correct `proxy`, or the variables HTTPS_PROXY and NO_PROXY; the error tells what it said.',
  },
  DEADLINE: {
    meaning: 'Time was up before it was done.',
    remedy: 'Give it more time: `timeout`, `exchangeTimeout`; the error says which limit it was.',
  },
  PROTOCOL: {
    meaning: "The server's answer is not one that the protocol knows, or it refused in words of its own.",
    remedy: 'See what it said; is something else in its place, such as a page of a proxy?',
  },
  CLOSED: {
    meaning: 'The connection, the view or the subscription was closed meanwhile: the test had ended.',
    remedy: 'Is an `await` missing?',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

/**
 * What went wrong, as a stable word for code to branch on.
 *
 * `AUTH_*` says which kind of sign-in failure it is: its remedy differs from kind to kind.
 */
export type ExchangeErrorCode = keyof typeof errorCodes;
