import { guidOf } from '../../identity/tenant-id.js';
import type { EdmResource } from '../odata/edm.js';

type Reader = (address: string) => unknown;

const nothing: Reader = () => null;
const empty: Reader = () => [];
const same: Reader = (address) => address;
const localPart: Reader = (address) => address.slice(0, address.lastIndexOf('@'));

/** What is given unless `$select` says otherwise. */
const byDefault: Readonly<Record<string, Reader>> = {
  businessPhones: empty,
  displayName: localPart,
  givenName: nothing,
  jobTitle: nothing,
  mail: same,
  mobilePhone: nothing,
  officeLocation: nothing,
  preferredLanguage: nothing,
  surname: nothing,
  userPrincipalName: same,
  id: guidOf,
};

/** What is only given when it is selected. */
const whenSelected: Readonly<Record<string, Reader>> = {
  accountEnabled: () => true,
  city: nothing,
  companyName: nothing,
  country: nothing,
  createdDateTime: nothing,
  creationType: nothing,
  department: nothing,
  employeeId: nothing,
  externalUserState: nothing,
  faxNumber: nothing,
  imAddresses: (address) => [address],
  mailNickname: localPart,
  onPremisesSyncEnabled: nothing,
  otherMails: empty,
  postalCode: nothing,
  proxyAddresses: (address) => [`SMTP:${address}`],
  state: nothing,
  streetAddress: nothing,
  usageLocation: nothing,
  userType: () => 'Member',
};

const readers: Readonly<Record<string, Reader>> = { ...byDefault, ...whenSelected };

export const userEdm: EdmResource = {
  name: 'microsoft.graph.user',
  isSearchable: true,
  properties: new Set(Object.keys(readers)),
  filterable: new Map([
    ['accountEnabled', 'boolean'],
    ['displayName', 'string'],
    ['givenName', 'string'],
    ['id', 'string'],
    ['mail', 'string'],
    ['mailNickname', 'string'],
    ['proxyAddresses', 'strings'],
    ['surname', 'string'],
    ['userPrincipalName', 'string'],
    ['userType', 'string'],
  ]),
  functions: new Set(['startswith', 'endswith']),
  pageSize: 100,
};

/** A user as JSON. https://learn.microsoft.com/graph/api/resources/user */
export function renderUser(address: string, select?: ReadonlySet<string>): Record<string, unknown> {
  const names = select ? Object.keys(readers).filter((name) => select.has(name)) : Object.keys(byDefault);
  return Object.fromEntries(names.map((name) => [name, readers[name]?.(address)]));
}

/** All that can be filtered, searched and sorted by. */
export function userRecord(address: string): Record<string, unknown> {
  return renderUser(address, userEdm.properties);
}
