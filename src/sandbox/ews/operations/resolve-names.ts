import { errorMessage, response, responseMessage } from '../soap.js';
import type { Operation } from '../context.js';
import { EwsError } from '../ews-error.js';
import { find, textOf, xml, isTrue } from '../xml.js';

export const resolveNames: Operation = async (request, { store }) => {
  const entry = (textOf(find(request, 'UnresolvedEntry')) ?? '')
    .replace(/^smtp:/i, '')
    .trim()
    .toLowerCase();
  const matches = [...store.accounts].map(({ address }) => address).filter((address) => address.startsWith(entry));
  if (!entry || matches.length === 0) {
    return response('ResolveNames', [errorMessage('ResolveNames', new EwsError('ErrorNameResolutionNoResults'))]);
  }
  const withContact = isTrue(request.attributes['ReturnFullContactData']);
  const resolutions = xml(
    'm:ResolutionSet',
    { TotalItemsInView: matches.length, IncludesLastItemInRange: matches.length <= 100 },
    matches
      .slice(0, 100)
      .map((address) => xml('t:Resolution', {}, mailbox(address), withContact ? contact(address) : undefined)),
  );
  if (matches.length === 1) return response('ResolveNames', [responseMessage('ResolveNames', resolutions)]);
  const ambiguous = new EwsError('ErrorNameResolutionMultipleResults');
  return response('ResolveNames', [errorMessage('ResolveNames', ambiguous, resolutions)]);
};

function mailbox(address: string) {
  return xml(
    't:Mailbox',
    {},
    xml('t:Name', {}, address.slice(0, address.indexOf('@'))),
    xml('t:EmailAddress', {}, address),
    xml('t:RoutingType', {}, 'SMTP'),
    xml('t:MailboxType', {}, 'Mailbox'),
  );
}

/** What the directory knows of somebody. */
function contact(address: string) {
  const entry = xml('t:Entry', { Key: 'EmailAddress1' }, `SMTP:${address}`);
  return xml(
    't:Contact',
    {},
    xml('t:DisplayName', {}, address.slice(0, address.indexOf('@'))),
    xml('t:EmailAddresses', {}, entry),
    xml('t:ContactSource', {}, 'ActiveDirectory'),
  );
}
