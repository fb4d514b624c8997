import type { Anchor, Run } from './run.js';

/** A link that is being read. */
export interface OpenAnchor extends Anchor {
  text: string;
  isClosed: boolean;
}

export interface RunStyle {
  readonly isEmphasised: boolean;
  readonly isQuoted: boolean;
  readonly isRaised: boolean;
  readonly anchor: OpenAnchor | undefined;
}

/** Puts runs together as a browser sets text: one space where there are several, breaks only between texts. */
export class RunWriter {
  readonly runs: Run[] = [];
  #breaks = 0;
  #isAfterSpace = true;

  /** At least so many breaks before the next text: a block begins or ends. */
  breakForBlock(count: number): void {
    this.#breaks = Math.max(this.#breaks, count);
  }

  /** One break more. */
  breakLine(): void {
    this.#breaks = Math.min(this.#breaks + 1, 2);
  }

  /** White space folds, but for no-break spaces. */
  write(text: string, style: RunStyle): void {
    const folded = text.replace(/[ \t\n\r\f]+/g, ' ');
    const rest = this.#isAfterSpace || this.#breaks > 0 ? folded.replace(/^ /, '') : folded;
    if (rest !== '') this.#add(rest, style);
  }

  /** White space stays as it is. */
  writePreformatted(text: string, style: RunStyle): void {
    for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
      if (index > 0) this.breakLine();
      if (line !== '') this.#add(line, style);
    }
  }

  #add(text: string, style: RunStyle): void {
    const anchor = style.anchor?.isClosed ? undefined : style.anchor;
    if (anchor) anchor.text += this.#breaks > 0 ? ` ${text}` : text;
    if (this.runs.length > 0) for (; this.#breaks > 0; this.#breaks--) this.#push('\n', style, anchor);
    this.#breaks = 0;
    this.#push(text, style, anchor);
    this.#isAfterSpace = text.endsWith(' ');
  }

  /** Written out: spreading a style into each run takes ten times as long, and a mail may have 100,000. */
  #push(text: string, { isEmphasised, isQuoted, isRaised }: RunStyle, anchor: Anchor | undefined): void {
    this.runs.push({ text, isEmphasised, isQuoted, isRaised, anchor });
  }
}
