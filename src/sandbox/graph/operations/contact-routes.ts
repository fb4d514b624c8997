import { refuseOperation } from '../absent.js';
import type { Operation, Route, Routes } from '../context.js';
import {
  createChildContactFolder,
  createContactFolder,
  deleteContactFolder,
  getContactFolder,
  listChildContactFolders,
  listContactFolders,
  updateContactFolder,
} from './contact-folders.js';
import { createContact, deleteContact, getContact, listContacts, updateContact } from './contacts.js';

const read = (run: Operation): Route => ({ permissions: ['Contacts.Read', 'Contacts.ReadWrite'], run });
const write = (run: Operation): Route => ({ permissions: ['Contacts.ReadWrite'], run });

const folder = 'contactfolders/{contactfolder}';

/** What can be done with contacts. */
export const contactRoutes: Routes = {
  'GET contacts/delta': read(refuseOperation),
  'GET contactfolders/delta': read(refuseOperation),
  'GET contactfolders/{contactfolder}/contacts/delta': read(refuseOperation),

  'GET contacts': read(listContacts),
  'POST contacts': write(createContact),
  'GET contacts/{contact}': read(getContact),
  'PATCH contacts/{contact}': write(updateContact),
  'DELETE contacts/{contact}': write(deleteContact),

  'GET contactfolders': read(listContactFolders),
  'POST contactfolders': write(createContactFolder),
  [`GET ${folder}`]: read(getContactFolder),
  [`PATCH ${folder}`]: write(updateContactFolder),
  [`DELETE ${folder}`]: write(deleteContactFolder),
  [`GET ${folder}/childfolders`]: read(listChildContactFolders),
  [`POST ${folder}/childfolders`]: write(createChildContactFolder),
  [`GET ${folder}/contacts`]: read(listContacts),
  [`POST ${folder}/contacts`]: write(createContact),
};
