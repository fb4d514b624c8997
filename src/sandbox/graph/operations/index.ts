import type { Route, Routes, TenantOperation } from '../context.js';
import { calendarRoutes } from './calendar-routes.js';
import { contactRoutes } from './contact-routes.js';
import { mailRoutes } from './mail-routes.js';
import { settingsRoutes } from './settings-routes.js';
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  reauthorizeSubscription,
  updateSubscription,
} from './subscriptions.js';
import { countUsers, getPhoto, getUser, listUsers } from './users.js';

const denial = 'Authorization_RequestDenied';
const directory = ['User.ReadBasic.All', 'User.Read.All'];
/** What it may watch, the subscription's resource says. */
const anybody = (run: TenantOperation): Route<TenantOperation> => ({ permissions: [], run });
const everybody = (run: TenantOperation): Route<TenantOperation> => ({ permissions: directory, denial, run });

/** The operations below a user. */
export const mailboxRoutes: Routes = {
  'GET ': { permissions: ['User.Read', ...directory], denial, run: getUser },
  'GET photo': { permissions: ['User.Read', ...directory], denial, run: getPhoto },
  'GET photo/$value': { permissions: ['User.Read', ...directory], denial, run: getPhoto },
  ...mailRoutes,
  ...settingsRoutes,
  ...calendarRoutes,
  ...contactRoutes,
};

/** The operations that are about no one mailbox. */
export const tenantRoutes: Routes<TenantOperation> = {
  'GET users': everybody(listUsers),
  'GET users/$count': everybody(countUsers),

  'GET subscriptions': anybody(listSubscriptions),
  'POST subscriptions': anybody(createSubscription),
  'GET subscriptions/{subscription}': anybody(getSubscription),
  'PATCH subscriptions/{subscription}': anybody(updateSubscription),
  'DELETE subscriptions/{subscription}': anybody(deleteSubscription),
  'POST subscriptions/{subscription}/reauthorize': anybody(reauthorizeSubscription),
};
