import { isPlainObject } from '../../../input/plain-object.js';
import { isHeaderName } from '../header-name.js';
import { describePattern, matchesText, patternFault, type TextPattern } from '../text-pattern.js';
import { mustBe, unless, type FilterField } from './field.js';

export const headerField: FilterField<Readonly<Record<string, TextPattern>>> = {
  fault(value) {
    if (!isPlainObject(value)) return mustBe(`an object, { 'X-Campaign': /spring/ }`, value);
    const faults = Object.entries(value).flatMap(([name, pattern]) => {
      if (!isHeaderName(name)) return [`has ${JSON.stringify(name)}, which is no header field's name`];
      const fault = patternFault(pattern);
      return fault ? [`${name} ${fault}`] : [];
    });
    if (Object.keys(value).length === 0) return 'names no header field';
    return faults.length > 0 ? faults.join(', ') : undefined;
  },

  mismatch({ headers }, wanted) {
    const missing = Object.entries(wanted).filter(
      ([name, pattern]) => !(headers.get(name.toLowerCase()) ?? []).some((value) => matchesText(value, pattern)),
    );
    const list = missing.map(([name, pattern]) => `${name} is not ${describePattern(pattern)}`).join(', ');
    return unless(missing.length === 0, `header ${list}`);
  },
};
