import { firstIndex } from '../../store/first-index.js';
import { latestFirst, type StoredFolder, type StoredMessage } from '../../store/store.js';

const articleNumber =
  /singleValueExtendedProperties\/any\(ep:\s*ep\/id eq 'Integer 0x0?e23' and cast\(ep\/value, *Edm\.Int32\) (g[te]) (\d+)\b/i;
const received = /(?:^|[\s(])receivedDateTime g[te] (\S+?)(?=$|[\s)])/i;

/**
 * The messages of a folder that a filter may let through, the latest first: where it asks for what came after a number or a
 * time, the others are not looked at. What has alternatives in it is looked at whole.
 */
export function candidates(folder: StoredFolder, filter: string = ''): readonly StoredMessage[] {
  if (/\b(?:or|not)\b/i.test(filter)) return folder.latestFirst;
  const [, comparison, number] = articleNumber.exec(filter) ?? [];
  if (number !== undefined)
    return folder.above(Number(number) - (comparison?.toLowerCase() === 'ge' ? 1 : 0)).toSorted(latestFirst);
  const since = Date.parse(received.exec(filter)?.[1] ?? '');
  if (Number.isNaN(since)) return folder.latestFirst;
  return folder.latestFirst.slice(
    0,
    firstIndex(folder.latestFirst, ({ receivedAt }) => receivedAt.getTime() < since),
  );
}
