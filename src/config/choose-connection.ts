import { ExchangeError } from '../errors.js';
import type { ConnectionDefinition, ConnectionDefinitions } from './types.js';

/** The name of the connection to use, and its definition. @throws CONFIGURATION where that is not clear */
export function chooseConnection(
  definitions: ConnectionDefinitions,
  wanted: string,
): { readonly name: string; readonly definition: ConnectionDefinition } {
  const names = Object.keys(definitions);
  const name = wanted || (names.length === 1 ? names[0]! : '');
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition) return { name, definition };
  throw noSuchConnection(name, names);
}

function noSuchConnection(name: string, names: readonly string[]): ExchangeError {
  if (names.length === 0) {
    return new ExchangeError('CONFIGURATION', 'No connection is defined.', {
      advice: [
        'Set exchangeConnections in the `use` section of playwright.config.ts, to what defineConnections() makes.',
      ],
    });
  }
  const summary = name ? `There is no connection "${name}".` : 'Several connections are defined, and none is chosen.';
  return new ExchangeError('CONFIGURATION', summary, {
    advice: [`Set exchangeConnection to one of: ${names.join(', ')}.`],
  });
}
