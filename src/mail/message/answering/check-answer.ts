import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { refuse } from '../../../input/refuse.js';
import { checkOutgoing } from '../outgoing.js';

/** What is no message would be answered with an empty one. `option` is true or false. @throws CONFIGURATION */
export function checkAnswer(message: unknown, option: string): void {
  if (!isPlainObject(message)) return checkOutgoing(message);
  const value = message[option];
  const isUsable = value === undefined || typeof value === 'boolean';
  refuse(`The message can't be sent.`, isUsable ? [] : [`${option} must be true or false, not ${kindOf(value)}`]);
}
