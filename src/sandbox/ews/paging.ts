import { EwsError } from './ews-error.js';
import { find, type XmlElement } from './xml.js';

/** The most that one answer lists, as Exchange's EWSFindCountLimit. */
const findCountLimit = 1000;

export interface Page<T> {
  readonly entries: readonly T[];
  /** The attributes of a RootFolder. */
  readonly attributes: {
    readonly IndexedPagingOffset: number;
    readonly TotalItemsInView: number;
    readonly IncludesLastItemInRange: boolean;
  };
}

/** The part of a result that an IndexedPageItemView (or IndexedPageFolderView) asks for. */
export function page<T>(request: XmlElement, all: readonly T[]): Page<T> {
  const view = find(request, 'IndexedPageItemView') ?? find(request, 'IndexedPageFolderView');
  const { MaxEntriesReturned, Offset = '0', BasePoint = 'Beginning' } = view?.attributes ?? {};
  const limit = Math.min(
    MaxEntriesReturned === undefined ? findCountLimit : Number(MaxEntriesReturned),
    findCountLimit,
  );
  const offset = Number(Offset);
  if (!(limit > 0)) throw new EwsError('ErrorInvalidPagingMaxRows');
  if (!(offset >= 0)) throw new EwsError('ErrorInvalidIndexedPagingParameters');
  const fromEnd = BasePoint === 'End';
  const begin = fromEnd ? Math.max(0, all.length - offset - limit) : Math.min(offset, all.length);
  const end = fromEnd ? Math.max(0, all.length - offset) : Math.min(begin + limit, all.length);
  return {
    entries: all.slice(begin, end),
    attributes: {
      IndexedPagingOffset: fromEnd ? all.length - begin : end,
      TotalItemsInView: all.length,
      IncludesLastItemInRange: fromEnd ? begin === 0 : end === all.length,
    },
  };
}
