import { hiddenFields, user, type Page } from './sandbox-sign-in.js';

/** A browser: what it holds it sends along. */
export class Browser {
  #cookie: string | undefined;

  async visit(url: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const headers = this.#cookie === undefined ? {} : { Cookie: this.#cookie };
    const body = form && new URLSearchParams(form);
    const response = await fetch(url, { redirect: 'manual', headers, ...(body && { method: 'POST', body }) });
    const [set] = response.headers.getSetCookie();
    this.#cookie = set?.split(';')[0] ?? this.#cookie;
    const location = response.headers.get('location');
    return { status: response.status, location: location ? new URL(location) : undefined, html: await response.text() };
  }

  /** Signs in with a password, and consents where that is asked for. */
  async signIn(url: string, account = user): Promise<Page> {
    const password = await this.visit(url, { loginfmt: account, passwd: 'secret' });
    const page = await this.visit(url, { ...hiddenFields(password), LoginOptions: '1' });
    return page.location ? page : this.visit(url, { ...hiddenFields(page), decision: 'accept' });
  }
}
