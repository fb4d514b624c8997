import { odataRoot, type TenantContext, type TenantOperation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { readJson } from '../graph-request.js';
import { readExpiry, readSubscription } from '../notifications/read-subscription.js';
import { renderSubscription, type Subscription } from '../notifications/subscription.js';

/** https://learn.microsoft.com/graph/api/subscription-post-subscriptions */
export const createSubscription: TenantOperation = async (context) => {
  const subscription = readSubscription(context);
  await context.subscriptions.add(subscription, context.grant);
  return show(context, subscription, 201);
};

export const listSubscriptions: TenantOperation = ({ request, subscriptions, grant }) =>
  jsonAnswer({ ...odataRoot(request, 'subscriptions'), value: subscriptions.all(grant).map(renderSubscription) });

export const getSubscription: TenantOperation = (context) => show(context, subscriptionOf(context));

/** Renews it. https://learn.microsoft.com/graph/api/subscription-update */
export const updateSubscription: TenantOperation = (context) => {
  const { request, subscriptions, grant } = context;
  const subscription = subscriptionOf(context);
  const expiresAt = readExpiry(readJson(request)['expirationDateTime']);
  return show(context, subscriptions.renew(subscription, expiresAt, grant));
};

/** https://learn.microsoft.com/graph/api/subscription-reauthorize */
export const reauthorizeSubscription: TenantOperation = (context) => {
  context.subscriptions.authorize(subscriptionOf(context), context.grant);
  return { status: 204 };
};

export const deleteSubscription: TenantOperation = (context) => {
  context.subscriptions.remove(subscriptionOf(context).id);
  return { status: 204 };
};

function subscriptionOf({ subscriptions, parameters, grant }: TenantContext): Subscription {
  return subscriptions.get(parameters['subscription'] ?? '', grant);
}

function show({ request }: TenantContext, subscription: Subscription, status = 200): GraphAnswer {
  return jsonAnswer({ ...odataRoot(request, 'subscriptions/$entity'), ...renderSubscription(subscription) }, status);
}
