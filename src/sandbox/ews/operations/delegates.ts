import type { Account } from '../../store/store.js';
import { accountOf, type Operation, type RequestContext } from '../context.js';
import { EwsError } from '../ews-error.js';
import { errorParts, noError } from '../soap.js';
import {
  childElements,
  copyOf,
  find,
  isNode,
  isTrue,
  textOf,
  xml,
  type XmlContent,
  type XmlElement,
  type XmlNode,
} from '../xml.js';

// Who may do what in somebody's place: kept and given back. The sandbox lets anybody do all.

interface Delegates {
  /** As they came, by their addresses. */
  readonly users: readonly (readonly [address: string, user: XmlNode])[];
  readonly deliverMeetingRequests: string;
}

const none: Delegates = { users: [], deliverMeetingRequests: 'DelegatesAndMe' };

export const getDelegate: Operation = async (request, context) => {
  const { users, deliverMeetingRequests } = delegatesOf(ownerOf(request, context));
  const asked = childElements(find(request, 'UserIds')).map(addressOf);
  const withPermissions = isTrue(request.attributes['IncludePermissions']);
  const missing = asked.filter((address) => !users.some(([each]) => each === address));
  const shown = users.filter(([address]) => asked.length === 0 || asked.includes(address));
  const messages = [
    ...shown.map(([, user]) => success(withPermissions ? user : withoutPermissions(user))),
    ...missing.map(() => failure('ErrorNotDelegate')),
  ];
  return answer('GetDelegate', messages, xml('m:DeliverMeetingRequests', {}, deliverMeetingRequests));
};

export const addDelegate: Operation = async (request, context) =>
  change('AddDelegate', request, context, (users, user, address) => {
    if (users.has(address)) return failure('ErrorDelegateAlreadyExists');
    if (address === ownerOf(request, context).address) return failure('ErrorDelegateCannotAddOwner');
    return keep(users, user, address);
  });

export const updateDelegate: Operation = async (request, context) =>
  change('UpdateDelegate', request, context, (users, user, address) =>
    users.has(address) ? keep(users, user, address) : failure('ErrorNotDelegate'),
  );

export const removeDelegate: Operation = async (request, context) =>
  change('RemoveDelegate', request, context, (users, _user, address) =>
    users.delete(address) ? success() : failure('ErrorNotDelegate'),
  );

type Change = (users: Map<string, XmlNode>, user: XmlElement, address: string) => XmlNode;

function change(name: string, request: XmlElement, context: RequestContext, make: Change): XmlNode {
  const account = ownerOf(request, context);
  const before = delegatesOf(account);
  const users = new Map(before.users);
  const given = childElements(find(request, 'DelegateUsers') ?? find(request, 'UserIds'));
  const messages = given.map((user) => {
    const address = addressOf(find(user, 'UserId') ?? user);
    return address ? make(users, user, address) : failure('ErrorDelegateNoUser');
  });
  const wanted = textOf(find(request, 'DeliverMeetingRequests'));
  const deliverMeetingRequests = wanted ?? before.deliverMeetingRequests;
  account.settings.set('delegates', { users: [...users], deliverMeetingRequests } satisfies Delegates);
  return answer(name, messages);
}

function keep(users: Map<string, XmlNode>, user: XmlElement, address: string): XmlNode {
  const node = copyOf(user);
  users.set(address, node);
  return success(node);
}

function ownerOf(request: XmlElement, { store, account }: RequestContext): Account {
  const address = textOf(find(request, 'Mailbox', 'EmailAddress'));
  return address === undefined ? account : accountOf(store, address);
}

function delegatesOf({ settings }: Account): Delegates {
  return (settings.get('delegates') as Delegates | undefined) ?? none;
}

function addressOf(userId: XmlElement): string {
  return (textOf(find(userId, 'PrimarySmtpAddress')) ?? '').toLowerCase();
}

function withoutPermissions(user: XmlNode): XmlNode {
  const isShown = (part: XmlContent) => !(isNode(part) && part.name === 't:DelegatePermissions');
  return { ...user, content: user.content.filter(isShown) };
}

function success(user?: XmlNode): XmlNode {
  const shown = user && { ...user, name: 'm:DelegateUser' };
  return xml(responseType, { ResponseClass: 'Success' }, noError, shown);
}

function failure(refusal: string): XmlNode {
  const parts = errorParts(new EwsError(refusal));
  return xml(responseType, { ResponseClass: 'Error' }, parts, xml('m:DescriptiveLinkKey', {}, 0));
}

const responseType = 'm:DelegateUserResponseMessageType';

function answer(name: string, messages: readonly XmlNode[], ...rest: readonly XmlNode[]): XmlNode {
  return xml(
    `m:${name}Response`,
    { ResponseClass: 'Success' },
    noError,
    messages.length > 0 ? xml('m:ResponseMessages', {}, messages) : undefined,
    ...rest,
  );
}
