/** The doors whose requests are kept, and `other` for what none of them knows. */
export const services = ['Sign-in', 'Autodiscover', 'EWS', 'Graph', 'IMAP', 'SMTP', 'other'] as const;

export type Service = (typeof services)[number];
