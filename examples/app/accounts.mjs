import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto';

/** @typedef {{ email: string, name: string, verified: boolean, password: { salt: Buffer, hash: Buffer } | undefined }} Account */

/** The application's state, in memory: who has an account, and which secrets were mailed to whom. */
export class Accounts {
  /** @type {Map<string, Account>} */
  #accounts = new Map();
  /** @type {Map<string, { purpose: string, email: string }>} */
  #links = new Map();
  /** @type {Map<string, string>} */
  #codes = new Map();

  /** @param {string} email */
  find(email) {
    return this.#accounts.get(key(email));
  }

  /**
   * The account with this address; made where there is none.
   * @param {string} email
   * @param {string} [name]
   */
  signUp(email, name = '') {
    const account = this.find(email) ?? { email, name, verified: false, password: undefined };
    this.#accounts.set(key(email), account);
    return account;
  }

  /**
   * A secret for a link in a mail; it works once.
   * @param {'verify' | 'reset'} purpose
   * @param {string} email
   */
  issueLink(purpose, email) {
    const secret = randomBytes(24).toString('base64url');
    this.#links.set(secret, { purpose, email });
    return secret;
  }

  /**
   * Whose secret it is; nobody's where it is unknown or used up.
   * @param {'verify' | 'reset'} purpose
   * @param {string} secret
   */
  redeemLink(purpose, secret) {
    const link = this.#links.get(secret);
    if (link?.purpose !== purpose) return undefined;
    this.#links.delete(secret);
    return this.find(link.email);
  }

  /**
   * A one-time code to sign in with. It replaces the one before.
   * @param {string} email
   */
  issueCode(email) {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    this.#codes.set(key(email), code);
    return code;
  }

  /**
   * Signs in by code. Whoever can read the mail owns the address, so the first time makes the account.
   * @param {string} email
   * @param {string} code
   */
  redeemCode(email, code) {
    if (this.#codes.get(key(email)) !== code) return undefined;
    this.#codes.delete(key(email));
    const account = this.signUp(email);
    account.verified = true;
    return account;
  }

  /**
   * @param {Account} account
   * @param {string} password
   */
  setPassword(account, password) {
    const salt = randomBytes(16);
    account.password = { salt, hash: scryptSync(password, salt, 32) };
  }

  /**
   * @param {string} email
   * @param {string} password
   */
  signIn(email, password) {
    const account = this.find(email);
    if (!account?.password) return undefined;
    const { salt, hash } = account.password;
    return timingSafeEqual(scryptSync(password, salt, 32), hash) ? account : undefined;
  }
}

/** @param {string} email */
function key(email) {
  return email.toLowerCase();
}
