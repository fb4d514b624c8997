import { randomBytes } from 'node:crypto';
import { messageRules, setMessageRules, type MessageRule } from '../../delivery/message-rule.js';
import { resolveMailFolder, type Operation, type RequestContext } from '../context.js';
import { EwsError } from '../ews-error.js';
import { renderInboxRule } from '../rules/inbox-rules.js';
import { readInboxRule, RuleFault } from '../rules/read-inbox-rule.js';
import { errorParts, noError } from '../soap.js';
import { childElements, find, textOf, xml, type XmlElement, type XmlNode } from '../xml.js';

export const getInboxRules: Operation = async (_request, { account }) => {
  const rules = messageRules(account).map((rule) => renderInboxRule(account, rule));
  return xml(
    'm:GetInboxRulesResponse',
    { ResponseClass: 'Success' },
    noError,
    xml('m:OutlookRuleBlobExists', {}, false),
    rules.length > 0 ? xml('m:InboxRules', {}, rules) : undefined,
  );
};

/** All of the operations are done, or none. */
export const updateInboxRules: Operation = async (request, context) => {
  let rules = messageRules(context.account);
  const faults: XmlNode[] = [];
  for (const [index, operation] of childElements(find(request, 'Operations')).entries()) {
    try {
      rules = changed(rules, operation, context);
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      faults.push(faultNode(index, error));
    }
  }
  if (faults.length > 0) return refusal(faults);
  setMessageRules(context.account, rules);
  return xml('m:UpdateInboxRulesResponse', { ResponseClass: 'Success' }, noError);
};

function changed(rules: readonly MessageRule[], operation: XmlElement, context: RequestContext): MessageRule[] {
  const rule = find(operation, 'Rule');
  const id = textOf(find(rule ?? operation, 'RuleId'));
  if (operation.name === 'CreateRuleOperation' && rule) {
    if (id !== undefined) throw new RuleFault('RuleId', 'CreateWithRuleId', id);
    return [...rules, { id: randomBytes(8).toString('base64url'), ...read(rule, context) }];
  }
  if (!rules.some((each) => each.id === id)) throw new RuleFault('RuleId', 'RuleNotFound', id);
  if (!rule) return rules.filter((each) => each.id !== id);
  const edited = { id: id!, ...read(rule, context) };
  return rules.map((each) => (each.id === id ? edited : each));
}

function read(rule: XmlElement, context: RequestContext): Omit<MessageRule, 'id'> {
  return readInboxRule(rule, (id) => resolveMailFolder(id, context));
}

function faultNode(index: number, { field, code, message, value }: RuleFault): XmlNode {
  const error = xml(
    't:Error',
    {},
    xml('t:FieldURI', {}, field),
    xml('t:ErrorCode', {}, code),
    xml('t:ErrorMessage', {}, message),
    xml('t:FieldValue', {}, value),
  );
  return xml('t:RuleOperationError', {}, xml('t:OperationIndex', {}, index), xml('t:ValidationErrors', {}, error));
}

function refusal(faults: readonly XmlNode[]): XmlNode {
  return xml(
    'm:UpdateInboxRulesResponse',
    { ResponseClass: 'Error' },
    errorParts(new EwsError('ErrorInboxRulesValidationError')),
    xml('m:RuleOperationErrors', {}, faults),
  );
}
