import { nameOf } from '../attachment-name.js';
import type { MimePart } from '../mime/mime-part.js';
import { textOfPart } from '../mime/text-of-part.js';
import type { Invite } from './invite.js';
import { readInvite } from './read-invite.js';

/** Calendars of one mail that are tried: real mails have two, the same as a form of the body and as a file. */
const mostTried = 5;

export interface FoundInvite {
  readonly invite: Invite | undefined;
  /** Why the calendars that are there can't be read. */
  readonly faults: readonly string[];
}

/** The invite in the first of some calendars that can be read. */
export function findInvite(calendars: readonly MimePart[]): FoundInvite {
  const faults: string[] = [];
  for (const part of calendars.slice(0, mostTried)) {
    try {
      const invite = readInvite(textOfPart(part));
      return {
        invite: { ...invite, method: invite.method || (part.params['method']?.toUpperCase() ?? '') },
        faults: [],
      };
    } catch (error) {
      const name = nameOf({ filename: part.filename, contentType: part.type });
      faults.push(
        `${name} is no calendar that can be read: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }
  return { invite: undefined, faults };
}
