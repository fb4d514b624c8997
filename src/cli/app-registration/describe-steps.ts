import type { App } from './app.js';
import type { Step, Way } from './step.js';
import { stepsFor } from './steps.js';

const headings: Readonly<Record<Way, string>> = {
  portal: 'Entra admin center',
  az: 'az CLI (or:)',
  powershell: 'Graph PowerShell (or:)',
  exchange: 'Exchange Online PowerShell',
};

const who: Readonly<Record<App['grant'], string>> = {
  client_credentials: 'the app alone signs in',
  authorization_code: 'a person signs in, once, in a browser',
  device_code: 'a person signs in, once, on another device',
};

/** All steps, as a text that can be sent to an administrator. */
export function describeSteps(app: App): string {
  const head = `${app.connection}: ${app.protocol}, ${who[app.grant]}, in ${app.mailbox}`;
  return [head, ...stepsFor(app).map((step, index) => describeStep(step, index + 1)), ids(app)].join('\n\n');
}

function describeStep({ title, ways, source }: Step, number: number): string {
  const blocks = Object.entries(ways).flatMap(([way, lines]) => [
    `   ${headings[way as Way]}`,
    ...lines.map((line) => `     ${line}`),
  ]);
  return [`${number}. ${title}`, ...blocks, `   ${source}`].join('\n');
}

/** What the commands' variables stand for. */
function ids({ clientId, cloud }: App): string {
  const other = cloud === 'global' ? [] : [`The tenant lives in the cloud ${cloud}: sign the tools in to it first.`];
  return [
    `$APP and $AppId are the application (client) ID: ${clientId}. $ObjectId is the object ID of its enterprise`,
    'application (az ad sp show --id $APP --query id), not of the app registration. Exchange Online PowerShell begins with',
    'Connect-ExchangeOnline. Nothing has been run.',
    ...other,
  ].join('\n');
}
