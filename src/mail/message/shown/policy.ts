import type { BrowserAnswer } from './browser-page.js';
import type { OwnAddress } from './own-address.js';

/**
 * Under it a mail's own scripts never run, while those of the test do: `allow-scripts` is what timers need. All that is
 * loaded comes from the mail's own address.
 */
function contentSecurityPolicy(own: OwnAddress): string {
  return [
    'sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    `default-src 'none'`,
    `script-src 'none'`,
    `img-src ${own.href} data:`,
    `style-src ${own.href} 'unsafe-inline'`,
    `font-src ${own.href} data:`,
    `media-src ${own.href}`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** An answer under the policy of shown mails: every one has it, whatever it holds. */
export function answer(own: OwnAddress, { status = 200, type, body }: AnswerParts): BrowserAnswer {
  return {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(own),
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'referrer-policy': 'no-referrer',
    },
    body,
  };
}

export interface AnswerParts {
  /** @default 200 */
  readonly status?: number;
  readonly type: string;
  readonly body: string | Buffer;
}
