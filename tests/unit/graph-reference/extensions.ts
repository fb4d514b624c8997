import type { DocumentedOperation } from './documented-operation.js';
import { draft, extension, message, several, single } from './shapes.js';

export const extensions: readonly DocumentedOperation[] = [
  {
    page: 'opentypeextension-post-opentypeextension',
    ask: 'POST /me/messages',
    body: { ...draft, extensions: [extension] },
    status: 201,
    properties: [...message, 'extensions'],
  },
  {
    page: 'opentypeextension-post-opentypeextension',
    ask: 'POST /me/messages/{message}/extensions',
    body: extension,
    status: 201,
    properties: ['@odata.type', 'id', 'extensionName', 'companyName', 'dealValue'],
  },
  {
    page: 'opentypeextension-get',
    ask: 'GET /me/messages/{extended}/extensions/Com.Contoso.Referral',
    status: 200,
    properties: ['@odata.type', 'id', 'extensionName', 'companyName'],
  },
  {
    page: 'opentypeextension-get',
    ask: "GET /me/messages/{extended}?$expand=extensions($filter=id eq 'Com.Contoso.Referral')",
    status: 200,
    properties: [...message, 'extensions'],
  },
  {
    page: 'opentypeextension-update',
    ask: 'PATCH /me/messages/{extended}/extensions/Com.Contoso.Referral',
    body: { dealValue: 1 },
    status: 200,
    properties: ['id', 'extensionName', 'companyName', 'dealValue'],
  },
  {
    page: 'opentypeextension-delete',
    ask: 'DELETE /me/messages/{extended}/extensions/Com.Contoso.Referral',
    status: 204,
  },
  {
    page: 'singlevaluelegacyextendedproperty-post-singlevalueextendedproperties',
    ask: 'PATCH /me/messages/{message}',
    body: { singleValueExtendedProperties: [single] },
    status: 200,
    properties: message,
  },
  {
    page: 'singlevaluelegacyextendedproperty-get',
    ask: `GET /me/messages/{extended}?$expand=singleValueExtendedProperties($filter=id eq '${single.id}')`,
    status: 200,
    properties: [...message, 'singleValueExtendedProperties'],
  },
  {
    page: 'singlevaluelegacyextendedproperty-get',
    ask: `GET /me/messages?$filter=singleValueExtendedProperties/Any(ep: ep/id eq '${single.id}' and ep/value eq 'Green')`,
    status: 200,
    list: 'filled',
    properties: message,
  },
  {
    page: 'multivaluelegacyextendedproperty-post-multivalueextendedproperties',
    ask: 'POST /me/messages',
    body: { ...draft, multiValueExtendedProperties: [several] },
    status: 201,
    properties: message,
  },
  {
    page: 'multivaluelegacyextendedproperty-get',
    ask: `GET /me/messages/{extended}?$expand=multiValueExtendedProperties($filter=id eq '${several.id}')`,
    status: 200,
    properties: [...message, 'multiValueExtendedProperties'],
  },
];
