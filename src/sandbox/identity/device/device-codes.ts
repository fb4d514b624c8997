import { randomBytes, randomInt } from 'node:crypto';
import { AadstsError } from '../failures/aadsts-error.js';
import type { Clock } from '../clock.js';
import type { UserGrant } from '../tokens/user-tokens.js';

/** What an app on a device asks for. */
export interface DeviceRequest {
  readonly clientId: string;
  readonly tenant: string;
  readonly scope: string;
}

interface HeldRequest extends DeviceRequest {
  readonly userCode: string;
  readonly issuedAt: number;
  answer?: UserGrant | 'declined';
}

/** Names of the grant: RFC 8628 section 3.4, and what Microsoft's own libraries send. */
export const deviceCodeGrants = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'] as const;

/** Seconds that a code lives, as Microsoft's. */
export const deviceCodeLifetime = 900;

/** Without vowels, so that no word comes out, and without what is easily mistaken. */
const letters = 'BCDFGHJKLMNPQRSTVWXYZ23456789';

/** Device codes (RFC 8628): what a device waits for, until a person at another machine has answered. */
export class DeviceCodes {
  readonly #clock: Clock;
  /** By device code. */
  readonly #requests = new Map<string, HeldRequest>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(request: DeviceRequest): { readonly deviceCode: string; readonly userCode: string } {
    const deviceCode = randomBytes(48).toString('base64url');
    const userCode = Array.from({ length: 9 }, () => letters[randomInt(letters.length)]).join('');
    this.#requests.set(deviceCode, { ...request, userCode, issuedAt: this.#clock.now() });
    return { deviceCode, userCode };
  }

  /** What the device with this user code asks for. @throws AadstsError 70018, 70019, 90120 */
  requestOf(userCode: string): DeviceRequest {
    const held = this.#byUserCode(userCode);
    if (held.answer) throw new AadstsError(90120);
    return held;
  }

  answer(userCode: string, answer: UserGrant | 'declined'): void {
    this.#byUserCode(userCode).answer = answer;
  }

  /** What the person allowed. @throws AadstsError 70016, 70017, 70018, 70020 */
  redeem(deviceCode: string, clientId: string): UserGrant {
    const held = this.#requests.get(deviceCode);
    if (held?.clientId !== clientId) throw new AadstsError(70018);
    if (this.#hasExpired(held)) throw new AadstsError(70020);
    if (!held.answer) throw new AadstsError(70016);
    this.#requests.delete(deviceCode);
    if (held.answer === 'declined') throw new AadstsError(70017);
    return held.answer;
  }

  #byUserCode(userCode: string): HeldRequest {
    const wanted = userCode.trim().toUpperCase();
    const held = [...this.#requests.values()].find((request) => request.userCode === wanted);
    if (!held) throw new AadstsError(70018);
    if (this.#hasExpired(held)) throw new AadstsError(70019);
    return held;
  }

  #hasExpired({ issuedAt }: HeldRequest): boolean {
    return this.#clock.now() - issuedAt >= deviceCodeLifetime * 1000;
  }
}
