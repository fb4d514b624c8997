import type { App } from './app.js';
import { consent, credential, permissions, registration } from './entra-steps.js';
import { mailboxes, plusAddressing, switches } from './exchange-steps.js';
import type { Step } from './step.js';

/** All that an administrator does for an app, in order. */
export function stepsFor(app: App): Step[] {
  const steps = [
    registration(app),
    credential(app),
    permissions(app),
    consent(app),
    mailboxes(app),
    switches(app),
    plusAddressing,
  ];
  return steps.filter((step) => step !== undefined);
}
