/**
 * The cookies of one server, by name. They keep a subscription and its stream on the same backend
 * (`X-BackEndOverrideCookie`): https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-maintain-affinity-between-group-of-subscriptions-and-mailbox-server
 */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes the values of `Set-Cookie` headers. */
  store(headers: readonly string[] | undefined): void {
    for (const header of headers ?? []) {
      const [pair = '', ...attributes] = header.split(';');
      const split = pair.indexOf('=');
      if (split < 1) continue;
      const name = pair.slice(0, split).trim();
      if (attributes.some(isExpired)) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(split + 1).trim());
    }
  }

  /** The `Cookie` header; nothing where there are no cookies. */
  header(): string | undefined {
    if (this.#cookies.size === 0) return undefined;
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function isExpired(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=');
  if (/^\s*max-age$/i.test(name)) return Number(value) <= 0;
  return /^\s*expires$/i.test(name) && Date.parse(value) <= Date.now();
}
