export { ImapFlow } from 'imapflow';
