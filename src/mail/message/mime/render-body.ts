import { textToHtml } from '../text-to-html.js';
import type { MimePart } from './mime-part.js';
import { textOfPart } from './text-of-part.js';

/** What there is to read; a form that the mail does not have is missing. */
export interface Rendering {
  readonly text?: string;
  readonly html?: string;
}

export interface Body extends Rendering {
  /** All parts that are not the body, in their order. */
  readonly attached: readonly MimePart[];
}

/** Texts that are data for a program. */
const dataTypes =
  /^text\/(?:calendar|css|csv|directory|javascript|rfc822-headers|(?:x-)?vcard|watch-html|x-amp-html|xml)$/;
/** Reports that mail programs show below what the mail itself says. */
const shownReports = /^message\/(?:global-)?delivery-status$/;

/** Tells a message's body from its attachments as mail programs do. `toText` makes a text of an HTML body. */
export function renderBody(message: MimePart, toText: (html: string) => string): Body {
  const attached: MimePart[] = [];
  return { ...new Renderer(attached, toText).render(message, { isForm: true, isFirst: true }), attached };
}

interface Place {
  /** It is the body, or one of its forms, and nothing beside it. */
  readonly isForm: boolean;
  /** Nothing to read has come before it. */
  readonly isFirst: boolean;
}

class Renderer {
  readonly #attached: MimePart[];
  readonly #toText: (html: string) => string;

  constructor(attached: MimePart[], toText: (html: string) => string) {
    this.#attached = attached;
    this.#toText = toText;
  }

  render(part: MimePart, place: Place): Rendering {
    if (part.parts.length === 0) return this.#leaf(part, place);
    switch (part.type) {
      case 'multipart/alternative':
        return this.#alternatives(part, place);
      case 'multipart/related':
        return this.#related(part, place);
      case 'multipart/encrypted':
        for (const inner of part.parts) this.#attached.push(inner);
        return {};
      default:
        return this.#inTurn(part.parts, place);
    }
  }

  #leaf(part: MimePart, { isForm, isFirst }: Place): Rendering {
    const isFile = part.disposition === 'attachment' || (part.filename !== '' && !isForm && !isFirst);
    const isPlainOrHtml = /^text\/(?:plain|html)$/.test(part.type);
    // RFC 2046 section 4.1.4: a text of a kind that one doesn't know is read as plain text.
    const isOther = part.type.startsWith('text/') && !dataTypes.test(part.type) && (isForm || isFirst);
    if (!isFile && (isPlainOrHtml || isOther)) {
      const text = textOfPart(part);
      return part.type === 'text/html' ? { html: text } : { text };
    }
    this.#attached.push(part);
    return shownReports.test(part.type) ? { text: textOfPart(part) } : {};
  }

  #inTurn(parts: readonly MimePart[], place: Place): Rendering {
    const renderings: Rendering[] = [];
    for (const part of parts) {
      const isFirst = place.isFirst && renderings.every(isBlank);
      renderings.push(this.render(part, { isForm: false, isFirst }));
    }
    return this.#join(renderings.filter(({ text, html }) => text !== undefined || html !== undefined));
  }

  /** The last form is the richest (RFC 2046 section 5.1.4); whatever the order, one text and one HTML are read. */
  #alternatives({ parts }: MimePart, { isFirst }: Place): Rendering {
    const forms = parts.map((part) => this.render(part, { isForm: true, isFirst }));
    const html = forms.findLast((form) => form.html !== undefined)?.html;
    const texts = forms.flatMap(({ text }) => text ?? []);
    const text = texts.find((candidate) => candidate.trim() !== '') ?? (html === undefined ? texts[0] : undefined);
    return { ...(text !== undefined && { text }), ...(html !== undefined && { html }) };
  }

  /** RFC 2387: the root, and what it shows. */
  #related({ parts, params }: MimePart, place: Place): Rendering {
    const start = params['start']?.replace(/^<|>$/g, '');
    const root =
      parts.find(({ contentId }) => start && contentId === start) ??
      parts.find(({ type }) => /^(?:text\/(?:html|plain)|multipart\/)/.test(type)) ??
      parts[0];
    const renderings: Rendering[] = [];
    for (const part of parts) {
      if (part === root) renderings.push(this.render(part, place));
      else if (part.contentId) this.#attached.push(part);
      else renderings.push(this.render(part, { isForm: false, isFirst: false }));
    }
    return this.#join(renderings);
  }

  /** Where one has HTML, all are given as HTML too. */
  #join(renderings: readonly Rendering[]): Rendering {
    const read = renderings.filter((rendering) => !isBlank(rendering));
    if (read.length < 2) return read[0] ?? renderings[0] ?? {};
    const hasHtml = read.some(({ html }) => html !== undefined);
    const hasText = read.some(({ text }) => text !== undefined);
    return {
      ...(hasText && { text: joinLines(read.map(({ text, html = '' }) => text ?? this.#toText(html))) }),
      ...(hasHtml && { html: joinLines(read.map(({ text = '', html }) => html ?? textToHtml(text))) }),
    };
  }
}

function isBlank({ text = '', html = '' }: Rendering): boolean {
  return (text + html).trim() === '';
}

function joinLines(texts: readonly string[]): string {
  return texts.map((text, index) => (index === texts.length - 1 || text.endsWith('\n') ? text : `${text}\n`)).join('');
}
