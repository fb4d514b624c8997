import { isPlainObject } from '../../../input/plain-object.js';
import { unknownFields } from '../../../input/unknown-fields.js';
import { nameOf } from '../attachment-name.js';
import { describePattern, matchesText, patternFault, type TextPattern } from '../text-pattern.js';
import { unless, type FilterField } from './field.js';

/** What an attachment must be like; all that is named must hold of the same one. */
export interface AttachmentFilter {
  readonly filename?: TextPattern;
  /** `'application/pdf'`, `/^image\//` */
  readonly contentType?: TextPattern;
}

const known = ['filename', 'contentType'];

export const attachmentField: FilterField<TextPattern | AttachmentFilter> = {
  fault(value) {
    if (!isPlainObject(value)) return patternFault(value);
    if (Object.keys(value).length === 0) return 'names neither filename nor contentType';
    const wrong = Object.entries(value).flatMap(([name, pattern]) => {
      const fault = known.includes(name) ? patternFault(pattern) : undefined;
      return fault ? [`${name} ${fault}`] : [];
    });
    const faults = [...unknownFields(value, { of: 'an attachment', known }), ...wrong];
    return faults.length > 0 ? `is not usable: ${faults.join(', ')}` : undefined;
  },

  mismatch({ attachments }, wanted) {
    const { filename, contentType } = isAttachmentFilter(wanted) ? wanted : { filename: wanted };
    const isThere = attachments.some(
      (attachment) => isLike(nameOf(attachment), filename) && isLike(attachment.contentType, contentType),
    );
    const names = attachments.map((one) => (contentType ? `${nameOf(one)} ${one.contentType}`.trim() : nameOf(one)));
    const described = [filename, contentType].flatMap((pattern) => (pattern ? [describePattern(pattern)] : []));
    return unless(isThere, `no attachment is ${described.join(' ')} (it has ${names.join(', ') || 'none'})`);
  },
};

function isAttachmentFilter(wanted: TextPattern | AttachmentFilter): wanted is AttachmentFilter {
  return isPlainObject(wanted);
}

function isLike(text: string, pattern: TextPattern | undefined): boolean {
  return pattern === undefined || matchesText(text, pattern);
}
