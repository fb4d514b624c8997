import * as z from '../vendor/zod.js';

/** A text that says something. */
export const text = z.string('must be a text').check(z.trim(), z.minLength(1, 'must not be empty'));
