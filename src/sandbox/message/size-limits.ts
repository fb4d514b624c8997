// Exchange Online's, in octets, until an administrator allows more.
// https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits

/** The largest message that a mailbox sends, whichever door it comes by. */
export const maxSentSize = 35 * 1024 * 1024;

/** The largest that a mailbox takes. */
export const maxReceivedSize = 36 * 1024 * 1024;
