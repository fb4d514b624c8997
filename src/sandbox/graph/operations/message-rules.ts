import { randomBytes } from 'node:crypto';
import { messageRules, setMessageRules, type MessageRule } from '../../delivery/message-rule.js';
import { folderOf, odataContext, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { badRequest, itemNotFound } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { folderId } from '../ids.js';
import { editRule, renderRule } from '../rules/rule-resource.js';

/** https://learn.microsoft.com/graph/api/mailfolder-list-messagerules */
export const listRules: Operation = (context) => {
  const { account } = context;
  const value = messageRules(account).map((rule) => renderRule(account, rule));
  return jsonAnswer({ ...odataContext(context, pathIn(context)), value });
};

export const getRule: Operation = (context) => show(context, ruleOf(context));

/** https://learn.microsoft.com/graph/api/mailfolder-post-messagerules */
export const createRule: Operation = (context) => {
  const { account, request } = context;
  const { displayName, sequence, actions } = readJson(request);
  if (displayName === undefined || sequence === undefined || actions === undefined)
    throw badRequest("A rule has to have 'displayName', 'sequence' and 'actions'.");
  const id = randomBytes(8).toString('base64url');
  const empty = { id, displayName: '', sequence: 1, isEnabled: true, conditions: {}, exceptions: {}, actions: {} };
  const rule = editRule(empty, readJson(request), account);
  pathIn(context);
  setMessageRules(account, [...messageRules(account), rule]);
  return show(context, rule, 201);
};

/** https://learn.microsoft.com/graph/api/messagerule-update */
export const updateRule: Operation = (context) => {
  const { account, request } = context;
  const before = ruleOf(context);
  const rule = editRule(before, readJson(request), account);
  setMessageRules(
    account,
    messageRules(account).map((each) => (each.id === rule.id ? rule : each)),
  );
  return show(context, rule);
};

export const deleteRule: Operation = (context) => {
  const { account } = context;
  const gone = ruleOf(context);
  setMessageRules(
    account,
    messageRules(account).filter(({ id }) => id !== gone.id),
  );
  return { status: 204 };
};

function show(context: GraphContext, rule: MessageRule, status = 200): GraphAnswer {
  const resource = renderRule(context.account, rule);
  return jsonAnswer({ ...odataContext(context, `${pathIn(context)}/$entity`), ...resource }, status);
}

function ruleOf({ account, parameters }: GraphContext): MessageRule {
  const found = messageRules(account).find(({ id }) => id === parameters['rule']);
  if (!found) throw itemNotFound();
  return found;
}

/** Only the inbox has rules. @throws GraphError BadRequest */
function pathIn(context: GraphContext): string {
  const folder = folderOf(context);
  if (folder.role !== 'inbox') throw badRequest('Only the inbox has rules.');
  return `mailFolders('${folderId(folder)}')/messageRules`;
}
