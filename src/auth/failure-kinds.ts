import type { ExchangeErrorCode } from '../errors.js';

/** A way in which getting a token fails, with a remedy of its own. */
export interface FailureKind {
  readonly code: ExchangeErrorCode;
  /** The message's first word. */
  readonly word: string;
  readonly meaning: string;
  readonly remedy: string;
  /** Trying again later may succeed. */
  readonly transient?: true;
  /** Numbers of Microsoft's AADSTS codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
  readonly aadsts: readonly number[];
  /** Values of `suberror`, for codes that are not listed. */
  readonly suberrors?: readonly string[];
  /** Values of `error` (RFC 6749 section 5.2), for answers without a code or suberror that is listed. */
  readonly errors?: readonly string[];
}

export const failureKinds: readonly FailureKind[] = [
  {
    code: 'AUTH_REVOKED',
    word: 'Revoked',
    meaning: 'the sign-in was revoked, or the account can no longer use it',
    remedy: 'If the account is disabled or locked, have it enabled; then authorise the connection again.',
    aadsts: [
      50173, 50132, 50133, 50135, 50055, 50144, 50057, 50034, 51004, 50020, 53011, 135011, 700003, 70000, 9002313,
      40009, 50085, 50139,
    ],
    suberrors: ['bad_token'],
  },
  {
    code: 'AUTH_EXPIRED',
    word: 'Expired',
    meaning: 'the sign-in has expired',
    remedy: 'Authorise the connection again. A refresh token that is not used for 90 days expires.',
    aadsts: [700082, 700084, 700081, 70008, 70043, 50078, 50089, 54005, 70019],
    suberrors: ['token_expired'],
  },
  {
    code: 'AUTH_TENANT',
    word: 'Tenant',
    meaning: 'the tenant is unknown, or not the one of this account or cloud',
    remedy: 'Correct auth.tenantId, or auth.cloud.',
    aadsts: [90002, 900023, 50059, 50128, 700005, 90038, 50049, 9002332],
  },
  {
    code: 'AUTH_CLIENT_ID',
    word: 'Client ID',
    meaning: 'the app registration was not found in the tenant, or is disabled',
    remedy: 'Correct auth.clientId (the Application ID of the registration), then authorise the connection again.',
    aadsts: [700016, 700011, 70001, 7000112, 50194],
    errors: ['unauthorized_client'],
  },
  {
    code: 'AUTH_CLIENT_SECRET',
    word: 'Client secret',
    meaning: 'the client secret is wrong, missing or has itself expired',
    remedy: `Make a new secret under "Certificates & secrets" and set auth.clientSecret to its value, not its ID.`,
    aadsts: [7000215, 70002, 7000222, 7000218, 700025, 700027, 50012, 700030, 700024],
    errors: ['invalid_client'],
  },
  {
    code: 'AUTH_REDIRECT_URL',
    word: 'Redirect URL',
    meaning: 'the redirect URL is not registered for the app, or not as Web',
    remedy: 'Register auth.redirectUrl, letter for letter, under the platform "Web" of the app registration.',
    aadsts: [50011, 70004, 900971, 700009, 9002327, 9002326, 501481],
  },
  {
    code: 'AUTH_SCOPE',
    word: 'Scope',
    meaning: 'a scope is unknown, or scopes of two resources were asked for at once',
    remedy: 'Correct auth.scopes, or leave it out to ask for what the protocol needs.',
    aadsts: [70011, 28002, 28003, 700022, 700023, 500011, 50001, 650057, 650052, 65002],
    errors: ['invalid_scope', 'invalid_resource'],
  },
  {
    code: 'AUTH_CONSENT',
    word: 'Consent',
    meaning: 'nobody consented to the permissions that the app asks for, or the consent was withdrawn',
    remedy: 'Consent when authorising, or have an administrator grant the permissions and assign the user.',
    aadsts: [65001, 65004, 65005, 650056, 90094, 90095, 90008, 50105],
    suberrors: ['consent_required'],
  },
  {
    code: 'AUTH_POLICY',
    word: 'Blocked by policy',
    meaning: `a policy of the tenant does not allow this sign-in`,
    remedy: 'Ask the administrator; repeating it will not help.',
    aadsts: [
      53003, 53000, 53001, 53002, 53010, 530032, 530034, 530035, 50005, 500021, 500022, 500212, 500213, 50053, 90123,
    ],
    suberrors: ['message_only'],
  },
  {
    code: 'AUTH_INTERACTION',
    word: 'Needs interaction',
    meaning: 'Microsoft wants the person again: multi-factor authentication, terms of use, a choice',
    remedy: 'Authorise the connection again.',
    aadsts: [50076, 50079, 50072, 50074, 50058, 50097, 50140, 50158, 50125, 16000, 160021, 700020, 53004, 50131],
    suberrors: ['basic_action', 'additional_action'],
    errors: ['interaction_required', 'login_required'],
  },
  {
    code: 'AUTH_THROTTLED',
    word: 'Throttled',
    meaning: 'there were too many requests for tokens',
    remedy: 'Let it rest for some minutes; run fewer workers at once.',
    transient: true,
    aadsts: [50196, 90055, 50166, 50088],
  },
  {
    code: 'AUTH_UNAVAILABLE',
    word: 'Unavailable',
    meaning: `Microsoft's sign-in service could not answer just now`,
    remedy: 'Try again; if it stays so, look at the network and the proxy, and at the service health page.',
    transient: true,
    aadsts: [
      90033, 90006, 90024, 90012, 90090, 90091, 90025, 50033, 50087, 40010, 50000, 70012, 80001, 80002, 80005, 80014,
    ],
    errors: ['temporarily_unavailable', 'server_error'],
  },
];

/** A refusal that is none of the known kinds. */
export const unknownFailure: FailureKind = {
  code: 'AUTH_REFUSED',
  word: 'Refused',
  meaning: 'Microsoft refused to issue a token',
  remedy: `Look Microsoft's code up at https://login.microsoftonline.com/error`,
  aadsts: [],
};
