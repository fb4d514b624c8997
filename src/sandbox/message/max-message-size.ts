/**
 * The largest message that may be sent, in octets: Exchange Online's, until an administrator allows more.
 * https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
 */
export const maxMessageSize = 36 * 1024 * 1024;
