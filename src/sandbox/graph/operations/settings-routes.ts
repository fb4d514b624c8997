import type { Operation, Route, Routes } from '../context.js';
import { createCategory, deleteCategory, getCategory, listCategories, updateCategory } from './categories.js';
import {
  createOverride,
  deleteOverride,
  getInferenceClassification,
  listOverrides,
  updateOverride,
} from './inference-overrides.js';
import { getMailboxSetting, getMailboxSettings, updateMailboxSettings } from './mailbox-settings.js';
import { createRule, deleteRule, getRule, listRules, updateRule } from './message-rules.js';
import { supportedLanguages, supportedTimeZones } from './outlook.js';

const read = (run: Operation): Route => ({
  permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  run,
});
const write = (run: Operation): Route => ({ permissions: ['MailboxSettings.ReadWrite'], run });
const mail = (run: Operation): Route => ({ permissions: ['Mail.ReadWrite'], run });
const profile = (run: Operation): Route => ({ permissions: ['User.Read', 'User.ReadBasic.All', 'User.Read.All'], run });

const rules = 'mailfolders/{folder}/messagerules';

/** What a mailbox can be set to. */
export const settingsRoutes: Routes = {
  'GET mailboxsettings': read(getMailboxSettings),
  'PATCH mailboxsettings': write(updateMailboxSettings),
  'GET mailboxsettings/{setting}': read(getMailboxSetting),

  [`GET ${rules}`]: read(listRules),
  [`POST ${rules}`]: write(createRule),
  [`GET ${rules}/{rule}`]: read(getRule),
  [`PATCH ${rules}/{rule}`]: write(updateRule),
  [`DELETE ${rules}/{rule}`]: write(deleteRule),

  'GET outlook/mastercategories': read(listCategories),
  'POST outlook/mastercategories': write(createCategory),
  'GET outlook/mastercategories/{category}': read(getCategory),
  'PATCH outlook/mastercategories/{category}': write(updateCategory),
  'DELETE outlook/mastercategories/{category}': write(deleteCategory),
  'GET outlook/supportedlanguages': profile(supportedLanguages),
  'GET outlook/supportedtimezones': profile(supportedTimeZones),
  'GET outlook/supportedtimezones/{standard}': profile(supportedTimeZones),

  'GET inferenceclassification': mail(getInferenceClassification),
  'GET inferenceclassification/overrides': mail(listOverrides),
  'POST inferenceclassification/overrides': mail(createOverride),
  'PATCH inferenceclassification/overrides/{override}': mail(updateOverride),
  'DELETE inferenceclassification/overrides/{override}': mail(deleteOverride),
};
