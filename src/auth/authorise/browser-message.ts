/** What the browser process is asked to do; it comes over the channel between the processes, never by a command line. */
export interface BrowserTask {
  readonly browserName: 'chromium' | 'firefox' | 'webkit';
  /** Playwright's launch options. */
  readonly launchOptions: Readonly<Record<string, unknown>>;
  /** The sign-in page. */
  readonly url: string;
  readonly redirectUrl: string;
}

/** How a sign-in in the browser ended. */
export type BrowserEnd =
  | { readonly kind: 'answered'; readonly fields: Readonly<Record<string, string>> }
  /** Microsoft shows a failure on its page. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'closed' }
  /** The sign-in page could not be loaded. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** There is nothing to show a window on. */
  | { readonly kind: 'noDisplay' }
  /** The browser could not be started, or its process ended. */
  | { readonly kind: 'failed'; readonly message: string };
