/** The doors whose requests are kept, what the sandbox itself sends, and `other` for what none of the doors knows. */
export const services = ['Sign-in', 'Autodiscover', 'EWS', 'Graph', 'IMAP', 'SMTP', 'Webhook', 'other'] as const;

export type Service = (typeof services)[number];
