import { guidOf } from '../../identity/tenant-id.js';
import type { StoredMessage } from '../../store/store.js';
import type { ChangeType } from '../delta/delta-query.js';
import { changeKey, messageId } from '../ids.js';
import type { Subscription } from './subscription.js';

/** What lets an app know that its subscription needs it: https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** https://learn.microsoft.com/graph/api/resources/changenotification */
export function changeNotification(
  subscription: Subscription,
  changeType: ChangeType,
  message: StoredMessage,
): Readonly<Record<string, unknown>> {
  const { idType, watched } = subscription;
  const isEvent = watched.kind === 'event';
  const id = messageId(message, idType);
  const resource = `Users/${guidOf(watched.account.address)}/${isEvent ? 'Events' : 'Messages'}/${id}`;
  return {
    ...common(subscription),
    changeType,
    resource,
    resourceData: {
      '@odata.type': isEvent ? '#Microsoft.Graph.Event' : '#Microsoft.Graph.Message',
      '@odata.id': resource,
      '@odata.etag': `W/"${changeKey(message)}"`,
      id,
    },
  };
}

export function lifecycleNotification(
  subscription: Subscription,
  lifecycleEvent: LifecycleEvent,
): Readonly<Record<string, unknown>> {
  return { ...common(subscription), lifecycleEvent };
}

function common({ id, expiresAt, clientState, tenantId }: Subscription) {
  return {
    subscriptionId: id,
    subscriptionExpirationDateTime: expiresAt.toISOString(),
    clientState,
    tenantId,
  };
}
