import type { Environment } from '../config/environment.js';
import { tokenVariable } from './store/token-variable.js';

/** How to have a person sign in to a connection, once more or for the first time, as commands. */
export function authoriseAgain(connection: string, environment: Environment): string[] {
  const project = `with the project that calls authorise('${connection}')`;
  return [
    `Authorise it, ${project}: npx playwright test --project authorise`,
    ...(environment[tokenVariable(connection)] ? [`Then ${carryOver(connection)}`] : []),
  ];
}

/** How to carry a sign-in to where no person can sign in. */
export function carryOver(connection: string): string {
  return `set ${tokenVariable(connection)} to what this prints where it is authorised: ${exportCommand(connection)}`;
}

export function exportCommand(connection: string): string {
  return `npx playwright-exchange tokens export ${asArgument(connection)}`;
}

/** As one word of a shell, be it sh or cmd. */
export function asArgument(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : JSON.stringify(text);
}
