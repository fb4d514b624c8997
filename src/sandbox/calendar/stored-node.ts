import type { PropertyValue } from '../store/store.js';

/** An element as an item's properties keep it: what EWS wrote, or would write. */
export interface StoredNode {
  /** With the prefix of EWS's types. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (StoredNode | string)[];
}

export function node(name: string, ...content: StoredNode['content']): StoredNode {
  return { name: `t:${name}`, attributes: {}, content };
}

export function readNode(value: PropertyValue | undefined): StoredNode | undefined {
  return typeof value === 'string' ? (JSON.parse(value) as StoredNode) : undefined;
}

/** The elements in one. */
export function nodesIn(parent: StoredNode | undefined): StoredNode[] {
  return parent?.content.filter((child) => typeof child !== 'string') ?? [];
}

/** The first element along a path of names. */
export function nodeAt(parent: StoredNode | undefined, ...path: readonly string[]): StoredNode | undefined {
  return path.reduce<StoredNode | undefined>(
    (found, name) => nodesIn(found).find((child) => child.name === `t:${name}`),
    parent,
  );
}

/** The text of the first element along a path of names. */
export function textAt(parent: StoredNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(parent, ...path);
  return found?.content
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
}
