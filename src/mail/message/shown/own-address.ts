/**
 * Where a shown mail and all that belongs to it lie. Nobody can own a name below `.invalid` (RFC 2606), so nothing
 * here reaches a network by mistake.
 */
const origin = 'https://mail.invalid';

/** The addresses of one shown mail. What it refers to has its own address behind the mail's: `.../cid:logo@contoso.com`. */
export class OwnAddress {
  /** The mail's own; ends in a slash. */
  readonly href: string;

  /** `id` is letters and digits. */
  constructor(id: string) {
    this.href = `${origin}/${id}/`;
  }

  /** All addresses of this mail. */
  get pattern(): RegExp {
    return new RegExp(`^${this.href.replaceAll('.', '\\.')}`);
  }

  /**
   * The address, within the mail's own, of an image, a style, a font that the mail refers to; the reference as it is
   * where it is relative or carries its data with it; none where it is of a kind that no mail needs.
   */
  of(reference: string, base: string | undefined): string | undefined {
    const trimmed = reference.trim();
    if (trimmed === '' || trimmed.startsWith('#') || /^data:/i.test(trimmed)) return reference;
    // RFC 2392: the Content-ID is written as in a URL.
    if (/^cid:/i.test(trimmed)) return `${this.href}cid:${encodeURIComponent(decode(trimmed.slice(4)).toWellFormed())}`;
    if (!URL.canParse(trimmed, base ?? this.href)) return reference;
    const { origin: where, protocol, href } = new URL(trimmed, base ?? this.href);
    if (where === origin) return reference;
    return /^https?:$/.test(protocol) ? this.href + href : undefined;
  }

  /** What an address within the mail's own refers to. */
  referenceIn(address: string): string {
    return address.slice(this.href.length).replace(/#.*$/s, '');
  }

  /** The URL on the network that an address refers to; none where it refers to something else. */
  remoteIn(address: string): string | undefined {
    const reference = address.startsWith(this.href) ? this.referenceIn(address) : '';
    return /^https?:/.test(reference) ? reference : undefined;
  }
}

/** What is no URL-encoded text is taken as it is: a merge tag that nobody filled in has percent signs too. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
