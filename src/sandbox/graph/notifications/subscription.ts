import { guidOf } from '../../identity/tenant-id.js';
import type { AccessGrant } from '../../identity/tokens/tokens.js';
import type { ChangeType } from '../delta/delta-query.js';
import type { IdType } from '../ids.js';
import type { Filter } from '../odata/filter.js';
import type { Account, StoredFolder } from '../../store/store.js';

/** What a subscription watches. */
export interface Watched {
  readonly account: Account;
  readonly kind: 'message' | 'event';
  /** Nothing for all folders of the mailbox. */
  readonly folder: StoredFolder | undefined;
  readonly filter: Filter | undefined;
}

/** https://learn.microsoft.com/graph/api/resources/subscription */
export interface Subscription {
  readonly id: string;
  readonly resource: string;
  readonly changeTypes: ReadonlySet<ChangeType>;
  readonly clientState: string | null;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly latestSupportedTlsVersion: string;
  readonly applicationId: string;
  readonly creatorId: string;
  readonly tenantId: string;
  readonly expiresAt: Date;
  readonly idType: IdType;
  readonly watched: Watched;
}

/** Whose a subscription is: the person's that an app acts for, or the app's. */
export function creatorOf({ user, clientId }: AccessGrant): string {
  return guidOf(user ?? clientId);
}

/** A subscription as JSON. */
export function renderSubscription(subscription: Subscription): Record<string, unknown> {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: [...subscription.changeTypes].join(','),
    clientState: subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: subscription.expiresAt.toISOString(),
    creatorId: subscription.creatorId,
    includeResourceData: null,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
