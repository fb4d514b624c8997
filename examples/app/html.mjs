/** HTML that may stand in a page as it is. */
class Html {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
  }

  toString() {
    return this.source;
  }
}

/**
 * A template in which every value is escaped, unless it is HTML itself.
 * @param {TemplateStringsArray} strings
 * @param {readonly unknown[]} values
 */
export function html(strings, ...values) {
  return new Html(String.raw({ raw: strings }, ...values.map(escape)));
}

/** @param {unknown} value */
function escape(value) {
  if (value instanceof Html) return value.source;
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
