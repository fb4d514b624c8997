import { waitFaults } from '../async/wait-faults.js';
import { refuse } from '../input/refuse.js';
import { folderFault } from './folder-path.js';
import { filterFaults, filterNames } from './message/filter/filter.js';

const elsewhere = { names: filterNames, place: 'the first argument, the filter' };

/** @throws CONFIGURATION with all that is wrong with a filter and the options beside it, before anything is tried */
export function checkSearch(method: string, filter: unknown, options: unknown): void {
  const faults = [...filterFaults(filter), ...waitFaults(options, { more: { folder: folderFault }, elsewhere })];
  refuse(`The arguments of ${method}(filter, options) are not usable.`, faults);
}
