import { inferenceOverrides, type InferenceOverride } from '../../delivery/inference-overrides.js';
import { odataContext, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { readMember } from '../enumeration.js';
import { badRequest } from '../graph-error.js';
import { isRecord, readJson } from '../graph-request.js';
import { KeptList } from '../settings/kept-list.js';

const overrides = new KeptList<InferenceOverride>(inferenceOverrides);
const path = 'inferenceClassification/overrides';

export const getInferenceClassification: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'inferenceClassification/$entity'), id: 'inferenceClassification' });

/** https://learn.microsoft.com/graph/api/inferenceclassification-list-overrides */
export const listOverrides: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, path), value: overrides.all(context.account) });

/** One for a sender that has one changes that. */
export const createOverride: Operation = (context) => {
  const { account, request } = context;
  const { classifyAs, senderEmailAddress } = readJson(request);
  const { address, name } = isRecord(senderEmailAddress) ? senderEmailAddress : {};
  if (typeof address !== 'string' || !address) throw badRequest("The property 'senderEmailAddress' is required.");
  const sender = { name: typeof name === 'string' ? name : '', address };
  const override = { classifyAs: readClass(classifyAs), senderEmailAddress: sender };
  const isSame = (each: InferenceOverride) => each.senderEmailAddress.address.toLowerCase() === address.toLowerCase();
  const before = overrides.all(account).find(isSame);
  const kept = before ? overrides.replace(account, { ...before, ...override }) : overrides.add(account, override);
  return show(context, kept, 201);
};

export const updateOverride: Operation = (context) => {
  const { account, parameters, request } = context;
  const classifyAs = readClass(readJson(request)['classifyAs']);
  return show(context, overrides.replace(account, { ...overrides.get(account, parameters['override']), classifyAs }));
};

export const deleteOverride: Operation = ({ account, parameters }) => {
  overrides.remove(account, parameters['override']);
  return { status: 204 };
};

function show(context: GraphContext, override: InferenceOverride, status = 200): GraphAnswer {
  return jsonAnswer({ ...odataContext(context, `${path}/$entity`), ...override }, status);
}

function readClass(value: unknown): InferenceOverride['classifyAs'] {
  return readMember({ focused: 'focused', other: 'other' }, value, 'inferenceClassificationType');
}
