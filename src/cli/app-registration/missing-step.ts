import type { Environment } from '../../config/environment.js';
import type { ConnectionDefinition } from '../../config/types.js';
import type { LegResult } from '../../diagnosis/leg.js';
import { readApp } from './app.js';
import { plusAddressing } from './exchange-steps.js';
import { stepsFor } from './steps.js';

/** Which step of an app registration a leg that failed says is missing, as a line; nothing where it says none. */
export function missingStep(
  connection: string,
  definition: ConnectionDefinition,
  { environment, leg }: { readonly environment: Environment; readonly leg: LegResult },
): string | undefined {
  const app = readApp(connection, definition, environment);
  const code = leg.error?.code;
  if (!app || code === undefined) return undefined;
  const steps = stepsFor(app);
  const step = leg.name === 'addressing' ? plusAddressing : steps.find(({ failures }) => failures.includes(code));
  if (!step) return undefined;
  return `Step ${steps.indexOf(step) + 1} of npx playwright-exchange app-registration ${connection}: ${step.title}.`;
}
