import { messageOf, odataContext, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { readJson } from '../graph-request.js';
import { messageId } from '../ids.js';
import {
  addOpenExtension,
  openExtension,
  openExtensions,
  removeOpenExtension,
  updateOpenExtension,
} from '../messages/open-extensions.js';

export const listExtensions: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, pathIn(context)), value: openExtensions(messageOf(context)) });

/** https://learn.microsoft.com/graph/api/opentypeextension-post-opentypeextension */
export const createExtension: Operation = (context) =>
  show(context, addOpenExtension(messageOf(context), readJson(context.request)), 201);

export const getExtension: Operation = (context) => show(context, openExtension(messageOf(context), nameIn(context)));

export const updateExtension: Operation = (context) =>
  show(context, updateOpenExtension(messageOf(context), nameIn(context), readJson(context.request)));

export const deleteExtension: Operation = (context) => {
  removeOpenExtension(messageOf(context), nameIn(context));
  return { status: 204 };
};

function show(context: GraphContext, extension: object, status = 200): GraphAnswer {
  return jsonAnswer({ ...odataContext(context, `${pathIn(context)}/$entity`), ...extension }, status);
}

function pathIn(context: GraphContext): string {
  return `messages('${messageId(messageOf(context), 'ordinary')}')/extensions`;
}

function nameIn({ parameters }: GraphContext): string {
  return parameters['extension'] ?? '';
}
