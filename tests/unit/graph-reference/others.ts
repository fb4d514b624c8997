import type { DocumentedOperation } from './documented-operation.js';

export const others: readonly DocumentedOperation[] = [
  {
    page: 'user-get',
    ask: 'GET /me',
    status: 200,
    properties: ['id', 'displayName', 'mail', 'userPrincipalName', 'businessPhones'],
  },
  {
    page: 'user-list',
    ask: 'GET /users',
    token: 'app',
    status: 200,
    list: 'filled',
    properties: ['id', 'displayName', 'mail', 'userPrincipalName'],
  },
  {
    page: 'json-batching',
    ask: 'POST /$batch',
    body: { requests: [{ id: '1', method: 'GET', url: '/me/messages' }] },
    status: 200,
    properties: ['responses'],
  },
];
