import { takingPlace } from '../../calendar/occurrence-item.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import type { XmlElement } from '../xml.js';

/** Exchange's own, in milliseconds: two years. */
const longestView = 732 * 86_400_000;

/** The appointments that touch a time, each occurrence of those that recur; the first that begins first. */
export function inCalendarView({ attributes }: XmlElement, folder: StoredFolder): readonly StoredMessage[] {
  const [from, to] = [attributes['StartDate'], attributes['EndDate']].map((text) => new Date(text ?? ''));
  if (from === undefined || to === undefined || Number.isNaN(to.getTime() - from.getTime()))
    throw schemaViolation("The 'CalendarView' element is invalid.");
  if (to < from) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  if (to.getTime() - from.getTime() > longestView) throw new EwsError('ErrorCalendarViewRangeTooBig');
  if (folder.folderClass !== 'IPF.Appointment') throw new EwsError('ErrorCalendarFolderIsInvalidForCalendarView');
  return takingPlace(folder.messages, from, to);
}

/** The contacts whose display name is between two names. */
export function inContactsView({ attributes }: XmlElement, folder: StoredFolder): readonly StoredMessage[] {
  if (!folder.folderClass.startsWith('IPF.Contact')) throw new EwsError('ErrorInvalidFolderTypeForOperation');
  const [first, last] = [attributes['InitialName'] ?? '', attributes['FinalName'] ?? '\uffff'];
  const nameOf = ({ properties }: StoredMessage) => String(properties.get('contacts:DisplayName') ?? '');
  return folder.messages
    .filter((item) => nameOf(item).localeCompare(first) >= 0 && nameOf(item).localeCompare(last) <= 0)
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
