import { guidOf } from '../../identity/tenant-id.js';
import { versionPath } from '../graph-request.js';
import { odataContext, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { readSelect } from '../odata/query-options.js';
import type { EdmResource } from '../odata/edm.js';

/** https://learn.microsoft.com/graph/api/user-get */
export const getUser: Operation = ({ request, account }) => {
  const { address } = account;
  const name = address.slice(0, address.indexOf('@'));
  const user = {
    businessPhones: [],
    displayName: name,
    givenName: null,
    jobTitle: null,
    mail: address,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: address,
    id: guidOf(address),
  };
  const select = readSelect(request.query, userEdm);
  const shown = Object.entries(user).filter(([property]) => !select || select.has(property));
  const context = { '@odata.context': `${request.origin}${versionPath}/$metadata#users/$entity` };
  return jsonAnswer({ ...context, ...Object.fromEntries(shown) });
};

/** https://learn.microsoft.com/graph/api/user-get-mailboxsettings */
export const getMailboxSettings: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'mailboxSettings'), ...mailboxSettings });

const mailboxSettings = {
  automaticRepliesSetting: { status: 'disabled', externalAudience: 'none' },
  timeZone: 'UTC',
  language: { locale: 'en-US', displayName: 'English (United States)' },
  dateFormat: 'yyyy-MM-dd',
  timeFormat: 'HH:mm',
  userPurpose: 'user',
};

const userProperties = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

const userEdm: EdmResource = {
  name: 'microsoft.graph.user',
  properties: new Set(userProperties),
  filterable: new Map(),
};
