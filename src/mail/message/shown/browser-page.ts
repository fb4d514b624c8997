/** What showing a message needs of a browser page: a Playwright `Page` has it. */
export interface BrowserPage {
  route(url: RegExp, handler: (route: BrowserRoute) => Promise<void>): Promise<unknown>;
  unroute(url: RegExp): Promise<void>;
  goto(url: string): Promise<unknown>;
}

export interface BrowserRoute {
  request(): BrowserRequest;
  fulfill(answer: BrowserAnswer): Promise<void>;
  abort(errorCode?: string): Promise<void>;
}

export interface BrowserRequest {
  url(): string;
  isNavigationRequest(): boolean;
  /** What the page wants it for, in the browser's words: `image`, `stylesheet`, `font`, `media` ... */
  resourceType(): string;
}

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** What drawing a message needs of a browser: a Playwright `Browser` has it. */
export interface PictureBrowser {
  newContext(options: object): Promise<PictureContext>;
}

export interface PictureContext {
  newPage(): Promise<PicturePage>;
  pages(): PicturePage[];
  close(): Promise<void>;
}

export interface PicturePage extends BrowserPage {
  setContent(html: string): Promise<void>;
  evaluate<T>(body: () => T): Promise<T>;
  screenshot(options: object): Promise<Buffer>;
  close(): Promise<void>;
}
