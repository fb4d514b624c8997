/** The few things that a page of plain elements wants. */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | undefined>} [properties] of the element; `class`, `data-` and `aria-` are attributes
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (/^(?:class|role|for|data-.+|aria-.+)$/.test(key)) made.setAttribute(key, String(value));
    else Object.assign(made, { [key]: value });
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/**
 * @template {HTMLElement} [Type=HTMLElement]
 * @param {string} id
 * @returns {Type}
 */
export function byId(id) {
  return /** @type {Type} */ (document.getElementById(id));
}

/**
 * Makes a list show its items: what is there already stays as it is, with the focus and what is open in it.
 * @template Item
 * @param {HTMLElement} list
 * @param {readonly Item[]} items
 * @param {{ key: (item: Item) => string, make: (item: Item) => HTMLElement, update?: (made: HTMLElement, item: Item) => void }} how
 */
export function showItems(list, items, { key, make, update }) {
  const there = new Map(
    [...list.children].map((child) => [
      /** @type {HTMLElement} */ (child).dataset['key'],
      /** @type {HTMLElement} */ (child),
    ]),
  );
  /** @type {Element | null} */
  let next = list.firstElementChild;
  for (const item of items) {
    const name = key(item);
    const found = there.get(name);
    there.delete(name);
    const shown = found ?? make(item);
    shown.dataset['key'] = name;
    if (found) update?.(found, item);
    if (shown === next) next = next.nextElementSibling;
    else list.insertBefore(shown, next);
  }
  for (const gone of there.values()) gone.remove();
}
