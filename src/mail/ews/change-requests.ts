import { escapeXml } from './escape-xml.js';
import { itemIds, property } from './requests.js';

/** The requests that clean up: as texts, since all workers send them at once where tests end. */

/** An item in the version that is to be changed. */
export interface ItemVersion {
  readonly id: string;
  readonly changeKey: string;
  /** What it is: `Message`, `MeetingRequest` ... */
  readonly kind: string;
}

/** @param suppressesReceipts no receipts go to the senders: a thing that only Exchange 2013 and later can be told */
export function markItems(
  items: readonly ItemVersion[],
  { isRead, suppressesReceipts }: { readonly isRead: boolean; readonly suppressesReceipts: boolean },
): string {
  const changes = items.map(
    ({ id, changeKey, kind }) => `<t:ItemChange>
      <t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}" />
      <t:Updates><t:SetItemField>${property('message:IsRead')}<t:${kind}><t:IsRead>${isRead}</t:IsRead></t:${kind}></t:SetItemField></t:Updates>
    </t:ItemChange>`,
  );
  const receipts = suppressesReceipts ? ' SuppressReadReceipts="true"' : '';
  return `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"${receipts}>
    <m:ItemChanges>${changes.join('')}</m:ItemChanges>
  </m:UpdateItem>`;
}

/** For good. */
export function deleteItems(ids: readonly string[]): string {
  return `<m:DeleteItem DeleteType="HardDelete">${itemIds(ids)}</m:DeleteItem>`;
}
