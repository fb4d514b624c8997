import { schemaViolation } from './ews-error.js';
import { find, textOf, type XmlElement } from './xml.js';

/** The base shapes; each gives what the ones before it give. */
export type BaseShape = 'IdOnly' | 'Default' | 'AllProperties';

const order: readonly string[] = ['IdOnly', 'Default', 'AllProperties'] satisfies BaseShape[];

/** The BaseShape that an ItemShape or a FolderShape asks for. */
export function readBaseShape(shape: XmlElement): BaseShape {
  const base = textOf(find(shape, 'BaseShape')) ?? '';
  if (!order.includes(base)) throw schemaViolation("The 'BaseShape' element is invalid.");
  return base as BaseShape;
}

/** Whether a base shape gives a property that belongs to another; to none of them belongs what is only given when asked for. */
export function gives(base: BaseShape, smallest: BaseShape | undefined): boolean {
  return smallest !== undefined && order.indexOf(smallest) <= order.indexOf(base);
}
