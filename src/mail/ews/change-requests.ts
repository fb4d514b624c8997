import type { Folder } from '../transport.js';
import { escapeXml } from './escape-xml.js';
import { folderId, integerProperty, itemIds, property, type PropertyPath } from './requests.js';

/** The requests that change what is there; those that look and send are in `requests.ts`. */

const messageFlags = integerProperty(0x0e07);

/** Puts a message into a folder, unread. Without its flags being set, Exchange would take it for a draft. */
export function appendMessage({ id }: Folder, source: Buffer): string {
  return `<m:CreateItem MessageDisposition="SaveOnly">
    <m:SavedItemFolderId>${folderId(id)}</m:SavedItemFolderId>
    <m:Items><t:Message>
      <t:MimeContent CharacterSet="UTF-8">${source.toString('base64')}</t:MimeContent>
      <t:ExtendedProperty>${messageFlags}<t:Value>0</t:Value></t:ExtendedProperty>
      <t:IsRead>false</t:IsRead>
    </t:Message></m:Items>
  </m:CreateItem>`;
}

/** An item in the version that is to be changed. */
export interface ItemVersion {
  readonly id: string;
  readonly changeKey: string;
  /** What it is: `Message`, `MeetingRequest` ... */
  readonly kind: string;
}

const isReadProperty: PropertyPath = property('message:IsRead');

/** @param suppressesReceipts no receipts go to the senders: a thing that only Exchange 2013 and later can be told */
export function markItems(
  items: readonly ItemVersion[],
  { isRead, suppressesReceipts }: { readonly isRead: boolean; readonly suppressesReceipts: boolean },
): string {
  const changes = items.map(
    ({ id, changeKey, kind }) => `<t:ItemChange>
      <t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}" />
      <t:Updates><t:SetItemField>${isReadProperty}<t:${kind}><t:IsRead>${isRead}</t:IsRead></t:${kind}></t:SetItemField></t:Updates>
    </t:ItemChange>`,
  );
  const receipts = suppressesReceipts ? ' SuppressReadReceipts="true"' : '';
  return `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"${receipts}>
    <m:ItemChanges>${changes.join('')}</m:ItemChanges>
  </m:UpdateItem>`;
}

export function moveItems(ids: readonly string[], to: Folder): string {
  return `<m:MoveItem><m:ToFolderId>${folderId(to.id)}</m:ToFolderId>${itemIds(ids)}</m:MoveItem>`;
}

/** For good. */
export function deleteItems(ids: readonly string[]): string {
  return `<m:DeleteItem DeleteType="HardDelete">${itemIds(ids)}</m:DeleteItem>`;
}
