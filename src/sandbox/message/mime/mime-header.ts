interface HeaderField {
  /** In lower case. */
  readonly name: string;
  /** As it came, with the line ends, one octet a character. */
  readonly raw: string;
}

/** A value with parameters: Content-Type, Content-Disposition (RFC 2045 section 5.1). */
export interface ParameterisedValue {
  /** In lower case. */
  readonly value: string;
  /** As they came, in order. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** The header fields of a message or a part, undecoded. */
export class MimeHeader {
  readonly #fields: readonly HeaderField[];

  constructor(header: string) {
    this.#fields = header
      .split(/(?<=\r\n)(?![ \t])/)
      .filter((raw) => raw !== '\r\n' && raw !== '')
      .map((raw) => ({ name: (/^[^:\s]+(?=[ \t]*:)/.exec(raw)?.[0] ?? '').toLowerCase(), raw }));
  }

  /** The values of all fields of a name, unfolded. */
  values(name: string): string[] {
    return this.#fields.filter((field) => field.name === name).map(({ raw }) => unfold(raw));
  }

  /** The value of the first field of a name, unfolded. */
  value(name: string): string | undefined {
    const field = this.#fields.find((each) => each.name === name);
    return field && unfold(field.raw);
  }

  parameterised(name: string): ParameterisedValue | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : readParameterised(value);
  }

  /** The fields that are named, or all that are not, as they came. */
  pick(names: readonly string[], { except }: { readonly except: boolean }): string {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    const picked = this.#fields.filter(({ name }) => wanted.has(name) !== except);
    return picked.map(({ raw }) => (raw.endsWith('\r\n') ? raw : `${raw}\r\n`)).join('');
  }
}

function unfold(raw: string): string {
  return raw
    .slice(raw.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .trim();
}

function readParameterised(text: string): ParameterisedValue {
  const bare = text.replace(/"(?:\\.|[^"\\])*"|\([^()]*\)/g, (match) => (match.startsWith('"') ? match : ' '));
  const value = /^[^;]*/.exec(bare)?.[0] ?? '';
  const found = bare.slice(value.length).matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))/g);
  return {
    value: value.trim().toLowerCase(),
    parameters: [...found].map(([, name = '', quoted, plain = '']) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? plain.trim(),
    ]),
  };
}
