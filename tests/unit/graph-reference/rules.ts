import type { DocumentedOperation } from './documented-operation.js';
import { recipients } from './shapes.js';

const rule = ['id', 'displayName', 'sequence', 'isEnabled', 'hasError', 'isReadOnly', 'conditions', 'actions'];

export const rules: readonly DocumentedOperation[] = [
  {
    page: 'mailfolder-post-messagerules',
    ask: 'POST /me/mailFolders/inbox/messageRules',
    body: {
      displayName: 'From partner',
      sequence: 2,
      isEnabled: true,
      conditions: { senderContains: ['adele'] },
      actions: { forwardTo: recipients, stopProcessingRules: true },
    },
    status: 201,
    properties: rule,
  },
  {
    page: 'mailfolder-list-messagerules',
    ask: 'GET /me/mailFolders/inbox/messageRules',
    status: 200,
    list: 'filled',
    properties: rule,
  },
  {
    page: 'messagerule-get',
    ask: 'GET /me/mailFolders/inbox/messageRules/{rule}',
    status: 200,
    properties: rule,
  },
  {
    page: 'messagerule-update',
    ask: 'PATCH /me/mailFolders/inbox/messageRules/{rule}',
    body: { displayName: 'Important from partner', actions: { markImportance: 'high' } },
    status: 200,
    properties: rule,
  },
  { page: 'messagerule-delete', ask: 'DELETE /me/mailFolders/inbox/messageRules/{rule}', status: 204 },
];
