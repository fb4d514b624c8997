/** A link of a message. */
export interface Link {
  readonly href: string;
  /** What is to be read at it, white space folded. */
  readonly text: string;
}

/** The links of an HTML text that lead anywhere, in their order. */
export async function extractLinks(html: string): Promise<Link[]> {
  const { Parser } = await import('htmlparser2');
  const links: Link[] = [];
  let open: { href: string; text: string } | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name !== 'a' && name !== 'area') return;
      const href = attributes['href']?.trim();
      open = href ? { href, text: attributes['title'] ?? '' } : undefined;
      if (open) links.push(open);
    },
    ontext(text) {
      if (open) open.text += text;
    },
    onclosetag(name) {
      if (name === 'a') open = undefined;
    },
  });
  parser.end(html);
  return links
    .filter(({ href }) => !href.startsWith('#'))
    .map(({ href, text }) => ({ href, text: text.replace(/\s+/g, ' ').trim() }));
}
