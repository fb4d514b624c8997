import { EwsError } from '../ews-error.js';
import type { Predicate } from './restriction.js';
import { find, type XmlElement } from '../xml.js';

/** The most that one answer lists, as Exchange's EWSFindCountLimit. */
const findCountLimit = 1000;

export interface Page<T> {
  readonly entries: readonly T[];
  /** The attributes of a RootFolder. */
  readonly attributes: Readonly<Record<string, number | boolean>>;
}

const views = ['Item', 'Folder'].flatMap((kind) =>
  ['IndexedPage', 'FractionalPage', 'SeekToConditionPage'].map((view) => `${view}${kind}View`),
);

/**
 * The part of a result that a view asks for: from an entry on, counted from either end; from a fraction on; or from the first
 * on that `seek` accepts, or back from the last.
 */
export async function page<T>(
  request: XmlElement,
  all: readonly T[],
  seek: (condition: XmlElement | undefined) => Predicate<T> = () => async () => false,
): Promise<Page<T>> {
  const view = views.map((name) => find(request, name)).find((found) => found !== undefined);
  const { MaxEntriesReturned, Offset = '0', BasePoint = 'Beginning' } = limits(request, view);
  const limit = Math.min(Number(MaxEntriesReturned ?? findCountLimit), findCountLimit);
  if (!(limit > 0)) throw new EwsError('ErrorInvalidPagingMaxRows');
  if (view?.name.startsWith('FractionalPage')) return fractionalPage(view, all, limit);
  const fromEnd = BasePoint === 'End';
  const isSought = view?.name.startsWith('SeekToCondition') ?? false;
  const sought = fromEnd ? all.toReversed() : all;
  const offset = isSought ? await indexOf(sought, seek(find(view, 'Condition'))) : Number(Offset);
  if (!(offset >= 0)) throw new EwsError('ErrorInvalidIndexedPagingParameters');
  return fromEnd ? pageBefore(all, offset, limit) : pageFrom(all, offset, limit);
}

function pageFrom<T>(all: readonly T[], offset: number, limit: number): Page<T> {
  const end = Math.min(offset + limit, all.length);
  return {
    entries: all.slice(offset, end),
    attributes: {
      IndexedPagingOffset: end,
      TotalItemsInView: all.length,
      IncludesLastItemInRange: end === all.length,
    },
  };
}

/** The offset is counted from the end. */
function pageBefore<T>(all: readonly T[], offset: number, limit: number): Page<T> {
  const end = Math.max(0, all.length - offset);
  const begin = Math.max(0, end - limit);
  return {
    entries: all.slice(begin, end),
    attributes: {
      IndexedPagingOffset: all.length - begin,
      TotalItemsInView: all.length,
      IncludesLastItemInRange: begin === 0,
    },
  };
}

/** The other views have a limit, and no place to begin at. */
function limits(request: XmlElement, view: XmlElement | undefined): XmlElement['attributes'] {
  const other = find(request, 'CalendarView') ?? find(request, 'ContactsView');
  return (view ?? other)?.attributes ?? {};
}

function fractionalPage<T>({ attributes }: XmlElement, all: readonly T[], limit: number): Page<T> {
  const [numerator, denominator] = [Number(attributes['Numerator']), Number(attributes['Denominator'])];
  if (!(numerator >= 0 && denominator > 0 && numerator <= denominator))
    throw new EwsError('ErrorInvalidFractionalPagingParameters');
  const begin = Math.floor((all.length * numerator) / denominator);
  const end = Math.min(begin + limit, all.length);
  return {
    entries: all.slice(begin, end),
    attributes: {
      NumeratorOffset: end,
      AbsoluteDenominator: all.length,
      TotalItemsInView: all.length,
      IncludesLastItemInRange: end === all.length,
    },
  };
}

/** The length where there is none. */
async function indexOf<T>(entries: readonly T[], accepts: Predicate<T>): Promise<number> {
  for (const [index, entry] of entries.entries()) if (await accepts(entry)) return index;
  return entries.length;
}
