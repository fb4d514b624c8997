/** What showing a message needs of a browser page: a Playwright `Page` has it. */
export interface BrowserPage {
  route(url: RegExp, handler: (route: BrowserRoute) => Promise<void>): Promise<unknown>;
  unroute(url: RegExp): Promise<void>;
  goto(url: string): Promise<unknown>;
}

export interface BrowserRoute {
  request(): BrowserRequest;
  fulfill(response: { status?: number; headers: Record<string, string>; body: string | Buffer }): Promise<void>;
  fetch(): Promise<BrowserResponse>;
  fallback(): Promise<void>;
  abort(): Promise<void>;
}

export interface BrowserRequest {
  url(): string;
  isNavigationRequest(): boolean;
  frame(): { url(): string };
}

export interface BrowserResponse {
  status(): number;
  headers(): Record<string, string>;
  body(): Promise<Buffer>;
}
