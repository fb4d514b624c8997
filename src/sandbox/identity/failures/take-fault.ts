import type { Faults } from '../../faults.js';
import { AadstsError, type FailureDetails } from './aadsts-error.js';

/** Fails where a fault was asked for. @throws AadstsError of the fault */
export function takeFault(faults: Faults, name: 'signIn' | 'token'): void {
  const fault = faults[name];
  if (!fault) return;
  if (fault.times !== undefined && --fault.times <= 0) faults[name] = undefined;
  throw new AadstsError(fault.code, sampleDetails());
}

/** What a failure may name that did not really happen. */
function sampleDetails(): FailureDetails {
  const [now, ninetyDaysAgo] = [0, 90].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
  return {
    issuedAt: ninetyDaysAgo,
    validFrom: now,
    validUntil: now,
    now,
    resource: 'https://outlook.office365.com',
    user: 'qa@contoso.com',
    state: 'compliant',
    reason: 'The key was not found.',
    thumbprint: '0'.repeat(40),
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:contoso/app:ref:refs/heads/main',
    audience: 'api://AzureADTokenExchange',
    origin: 'https://app.contoso.com',
    parameter: 'scope',
  };
}
