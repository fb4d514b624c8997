/** What showing a message needs of a browser page: a Playwright `Page` has it. */
export interface BrowserPage {
  route(url: RegExp, handler: (route: BrowserRoute) => Promise<void>): Promise<unknown>;
  unroute(url: RegExp): Promise<void>;
  goto(url: string): Promise<unknown>;
}

export interface BrowserRoute {
  request(): { url(): string };
  fulfill(response: { headers: Record<string, string>; body: string | Buffer }): Promise<void>;
}
