import type { DocumentedOperation } from './documented-operation.js';

const subscription = [
  'id',
  'resource',
  'applicationId',
  'changeType',
  'clientState',
  'notificationUrl',
  'expirationDateTime',
  'creatorId',
  'latestSupportedTlsVersion',
];

export const subscriptions: readonly DocumentedOperation[] = [
  {
    page: 'subscription-post-subscriptions',
    ask: 'POST /subscriptions',
    body: {
      changeType: 'created',
      notificationUrl: '{endpoint}',
      resource: "me/mailFolders('Inbox')/messages",
      expirationDateTime: '{tomorrow}',
      clientState: 'secretClientValue',
      latestSupportedTlsVersion: 'v1_2',
    },
    status: 201,
    properties: subscription,
  },
  {
    page: 'subscription-list',
    ask: 'GET /subscriptions',
    status: 200,
    list: 'any',
    properties: subscription,
  },
  {
    page: 'subscription-get',
    ask: 'GET /subscriptions/{subscription}',
    status: 200,
    properties: subscription,
  },
  {
    page: 'subscription-update',
    ask: 'PATCH /subscriptions/{subscription}',
    body: { expirationDateTime: '{tomorrow}' },
    status: 200,
    properties: subscription,
  },
  { page: 'subscription-reauthorize', ask: 'POST /subscriptions/{subscription}/reauthorize', status: 204 },
  { page: 'subscription-delete', ask: 'DELETE /subscriptions/{subscription}', status: 204 },
];
