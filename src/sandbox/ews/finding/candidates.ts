import { articleNumberTag } from '../../message/mapi-properties.js';
import { firstIndex } from '../../store/first-index.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';
import { readExtendedField } from '../items/extended-properties.js';
import { fieldUri } from '../items/item-shape.js';
import { childElements, find, type XmlElement } from '../xml.js';

/**
 * The messages of a folder that an expression may find, by ascending article number: where it asks for what came after a
 * number or a time, the others are not looked at.
 */
export function candidates(folder: StoredFolder, expression: XmlElement | undefined): readonly StoredMessage[] {
  const number = floorOf(expression, numberFloor);
  if (number !== undefined) return folder.above(number);
  const time = floorOf(expression, receivedFloor);
  return time === undefined ? folder.messages : receivedSince(folder, time);
}

function receivedSince({ latestFirst }: StoredFolder, time: number): StoredMessage[] {
  const end = firstIndex(latestFirst, ({ receivedAt }) => receivedAt.getTime() < time);
  return latestFirst.slice(0, end).toSorted((a, b) => a.uid - b.uid);
}

/** What every match is at or above, as far as the expression alone tells by a kind of comparison. */
function floorOf(
  expression: XmlElement | undefined,
  floorIn: (comparison: XmlElement) => number | undefined,
): number | undefined {
  if (expression?.name === 'And') {
    const floors = childElements(expression).flatMap((part) => floorOf(part, floorIn) ?? []);
    return floors.length > 0 ? Math.max(...floors) : undefined;
  }
  const isFloor = expression?.name === 'IsGreaterThan' || expression?.name === 'IsGreaterThanOrEqualTo';
  const floor = isFloor ? floorIn(expression) : undefined;
  return Number.isNaN(floor) ? undefined : floor;
}

/** All matches have a number above it. */
function numberFloor(comparison: XmlElement): number | undefined {
  const path = find(comparison, 'ExtendedFieldURI');
  if (!path || readExtendedField(path).tag !== articleNumberTag) return undefined;
  const bound = Number(boundOf(comparison) ?? Number.NaN);
  return comparison.name === 'IsGreaterThan' ? bound : Math.ceil(bound) - 1;
}

/** All matches were received then or later. */
function receivedFloor(comparison: XmlElement): number | undefined {
  const path = find(comparison, 'FieldURI');
  return path && fieldUri(path) === 'item:DateTimeReceived' ? Date.parse(boundOf(comparison) ?? '') : undefined;
}

function boundOf(comparison: XmlElement): string | undefined {
  return find(comparison, 'FieldURIOrConstant', 'Constant')?.attributes['Value'];
}
