/** A part cannot be run on this machine; the message says why. */
export class NotAvailable extends Error {}
