import type { AccessGrant } from '../../identity/tokens/tokens.js';
import type { MailStore } from '../../store/store.js';
import type { ChangeType } from '../delta/delta-query.js';
import { readWatched } from './read-watched.js';
import type { Subscription } from './subscription.js';

/** A subscription as JSON, and in whose name it goes on. */
export interface KeptSubscription extends Omit<Subscription, 'changeTypes' | 'expiresAt' | 'watched'> {
  readonly changeTypes: readonly ChangeType[];
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
  readonly grant: Omit<AccessGrant, 'expiresAt'> & { readonly expiresAt: number };
}

export function keptSubscription(subscription: Subscription, grant: AccessGrant): KeptSubscription {
  const { watched: _, changeTypes, expiresAt, ...texts } = subscription;
  return {
    ...texts,
    changeTypes: [...changeTypes],
    expiresAt: expiresAt.getTime(),
    grant: { ...grant, expiresAt: grant.expiresAt.getTime() },
  };
}

/** @throws GraphError where what it watches is gone */
export function restoreSubscription(
  { grant: { expiresAt: tokenEnds, ...granted }, changeTypes, expiresAt, ...subscription }: KeptSubscription,
  store: MailStore,
): { readonly subscription: Subscription; readonly grant: AccessGrant } {
  const grant = { ...granted, expiresAt: new Date(tokenEnds) };
  const watched = readWatched(subscription.resource, { grant, store });
  const read = { changeTypes: new Set(changeTypes), expiresAt: new Date(expiresAt), watched };
  return { subscription: { ...subscription, ...read }, grant };
}
