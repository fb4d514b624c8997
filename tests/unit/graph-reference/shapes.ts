// What the requests of the reference send, and what its answers have in common.

export const message = ['id', 'subject', 'changeKey', 'parentFolderId', 'conversationId', 'body', 'isDraft', 'webLink'];
export const folder = ['id', 'displayName', 'parentFolderId', 'childFolderCount', 'unreadItemCount', 'totalItemCount'];
export const file = ['@odata.type', 'id', 'name', 'contentType', 'size', 'isInline'];
export const recipients = [{ emailAddress: { address: 'ann@contoso.com', name: 'Ann' } }];
export const draft = {
  subject: 'Review',
  body: { contentType: 'HTML', content: '<b>You</b>' },
  toRecipients: recipients,
};
export const attached = {
  '@odata.type': '#microsoft.graph.fileAttachment',
  name: 'menu.txt',
  contentBytes: 'bWVudQ==',
};
export const mime = Buffer.from('From: qa@contoso.com\r\nTo: ann@contoso.com\r\nSubject: MIME\r\n\r\nHi\r\n').toString(
  'base64',
);
export const asText = { 'Content-Type': 'text/plain' };
export const extension = {
  '@odata.type': 'microsoft.graph.openTypeExtension',
  extensionName: 'Com.Contoso.Referral',
  companyName: 'Contoso',
  dealValue: 10000,
};
export const named = '{66f5a359-4659-4830-9070-00047ec6ac6e} Name';
export const single = { id: `String ${named} Color`, value: 'Green' };
export const several = { id: `StringArray ${named} Palette`, value: ['Green', 'Aqua', 'Blue'] };
