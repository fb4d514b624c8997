import { failureTexts } from './failure-texts.js';

/** How Microsoft's identity platform words one of its failures. */
export interface Wording {
  /** The OAuth 2.0 error (RFC 6749 section 5.2). */
  readonly error: string;
  readonly suberror?: string;
  /** @default 400 */
  readonly status?: number;
  /** The policy that a client is to satisfy, as a JSON text. */
  readonly claims?: string;
  /** `{name}` stands for a detail of the request. */
  readonly text: string;
}

/** The wording of a code; one the sandbox has no words for is a refused grant. */
export function wordingOf(code: number): Wording {
  const { codes: _, ...shape } = shapes.find(({ codes }) => codes.includes(code)) ?? plain;
  return { ...shape, text: failureTexts[code] ?? 'The sandbox was asked to answer with this code.' };
}

interface Shape extends Omit<Wording, 'text'> {
  readonly codes: readonly number[];
}

const plain: Shape = { error: 'invalid_grant', codes: [] };
const policyClaims = '{"access_token":{"capolids":{"essential":true,"values":["sandbox"]}}}';

/** What surrounds the text; a code that stands nowhere here is a plain `invalid_grant`. */
const shapes: readonly Shape[] = [
  { error: 'invalid_grant', suberror: 'bad_token', codes: [50173, 70000, 135011, 700003, 70043] },
  { error: 'invalid_grant', suberror: 'token_expired', codes: [70008, 700081, 700082, 700084] },
  { error: 'invalid_grant', suberror: 'consent_required', codes: [65001, 90094, 90095] },
  { error: 'invalid_grant', suberror: 'message_only', codes: [50005, 53002, 530032, 530034, 530035] },
  {
    error: 'invalid_grant',
    suberror: 'message_only',
    claims: policyClaims,
    codes: [53000, 53001, 53003, 53010, 53011],
  },
  {
    error: 'interaction_required',
    suberror: 'basic_action',
    claims: policyClaims,
    codes: [50072, 50074, 50076, 50078, 50079, 50097, 50158, 53004],
  },
  { error: 'interaction_required', codes: [16000, 50125, 50131, 50140, 160021, 700020] },
  { error: 'login_required', codes: [50058] },
  { error: 'access_denied', codes: [65004, 90123, 500021, 500022, 500212, 500213] },
  { error: 'unauthorized_client', codes: [50194, 70001, 700011, 700016, 7000112] },
  {
    error: 'invalid_client',
    status: 401,
    codes: [
      50012, 50013, 50027, 65002, 70002, 70021, 650052, 650056, 650057, 700021, 700023, 700024, 700025, 700027, 700030,
      700211, 700212, 700213, 7000215, 7000216, 7000218, 7000222,
    ],
  },
  { error: 'invalid_scope', codes: [28002, 28003, 70011, 700022, 1002012] },
  { error: 'invalid_resource', codes: [50001, 65005, 500011] },
  {
    error: 'invalid_request',
    codes: [
      50011, 50020, 50049, 50059, 50128, 50196, 51004, 70004, 70007, 90002, 90008, 90023, 90038, 700009, 900023, 900144,
      900561, 900971, 501491, 9002326, 9002327, 9002332,
    ],
  },
  { error: 'unsupported_grant_type', codes: [70003] },
  { error: 'unsupported_response_type', codes: [70005] },
  { error: 'authorization_pending', codes: [70016] },
  { error: 'authorization_declined', codes: [70017] },
  { error: 'bad_verification_code', codes: [70018] },
  { error: 'expired_token', codes: [70019, 70020] },
  { error: 'temporarily_unavailable', status: 429, codes: [50088, 50166, 90055] },
  {
    error: 'temporarily_unavailable',
    status: 503,
    codes: [40010, 50033, 50087, 80001, 80002, 80005, 80014, 90006, 90012, 90024, 90033, 90090, 90091],
  },
  { error: 'server_error', status: 500, codes: [50000, 70012, 90025] },
];
