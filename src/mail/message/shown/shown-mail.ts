import type { ParsedMessage } from '../parse.js';
import type { BrowserRequest, BrowserRoute } from './browser-page.js';
import { findInlineImage } from './inline-image.js';
import { strayPage } from './stray-page.js';
import type { OpenOptions } from './open-options.js';
import type { OwnAddress } from './own-address.js';
import { answer, type AnswerParts } from './policy.js';
import type { RemoteContent } from './remote-content.js';
import { safeHtml } from './safe-html.js';
import { textPage } from './text-page.js';

/** What a mail wanted from the network and did not get. */
export interface BlockedContent {
  readonly url: string;
  /** What for, in the browser's words (`image`, `stylesheet`, `font`, `media`); or the element that is left out (`iframe`). */
  readonly type: string;
  readonly reason: string;
}

/** Answers a browser's requests below a mail's own address; nothing of it reaches a network but what is asked for. */
export class ShownMail {
  readonly blocked: BlockedContent[];
  readonly #message: ParsedMessage;
  readonly #own: OwnAddress;
  readonly #page: string;
  readonly #remote: RemoteContent | undefined;

  private constructor(message: ParsedMessage, { own, page, remote, blocked }: Prepared) {
    this.#message = message;
    this.#own = own;
    this.#page = page;
    this.#remote = remote;
    this.blocked = blocked;
  }

  static async create(message: ParsedMessage, own: OwnAddress, { remoteContent }: OpenOptions): Promise<ShownMail> {
    const { html, text, subject } = message;
    const blocked: BlockedContent[] = [];
    const onLeftOut = (url: string, type: string): void =>
      void blocked.push({ url, type, reason: 'no mail is shown with it' });
    const page = await (html ? safeHtml(html, { title: subject, own, onLeftOut }) : textPage(text, subject));
    const remote = remoteContent ? await openRemote(remoteContent, own) : undefined;
    return new ShownMail(message, { own, page, remote, blocked });
  }

  /** Never throws: what can't be had is broken in the page, and nowhere else. */
  async serve(route: BrowserRoute): Promise<void> {
    try {
      await route.fulfill(answer(this.#own, await this.#answerTo(route.request())));
    } catch {
      await route.abort('blockedbyclient').catch(() => {});
    }
  }

  async #answerTo(request: BrowserRequest): Promise<AnswerParts> {
    const address = request.url();
    const reference = this.#own.referenceIn(address);
    if (request.isNavigationRequest()) {
      return reference === '' ? asPage(this.#page) : { ...asPage(strayPage(reference)), status: 404 };
    }
    const image = findInlineImage(this.#message.attachments, reference);
    if (image) return image;
    const url = this.#own.remoteIn(address);
    if (url === undefined) return { status: 404, type: 'text/plain', body: '' };
    return await this.#load(url, request.resourceType());
  }

  async #load(url: string, type: string): Promise<AnswerParts> {
    try {
      if (!this.#remote) throw new Error('remoteContent is off');
      return await this.#remote.load(url, type);
    } catch (error) {
      this.blocked.push({ url, type, reason: (error as Error).message });
      throw error;
    }
  }
}

interface Prepared {
  readonly own: OwnAddress;
  /** The mail as HTML. */
  readonly page: string;
  readonly remote: RemoteContent | undefined;
  readonly blocked: BlockedContent[];
}

function asPage(body: string): AnswerParts {
  return { type: 'text/html; charset=utf-8', body };
}

async function openRemote(remoteContent: true | readonly string[], own: OwnAddress): Promise<RemoteContent> {
  const { RemoteContent } = await import('./remote-content.js');
  return new RemoteContent(remoteContent === true ? undefined : remoteContent, own);
}
