import { readFileSync } from 'node:fs';
import * as pages from './pages.mjs';

/** @typedef {import('./accounts.mjs').Account} Account */
/** @typedef {{ url: URL, form: URLSearchParams, account: Account | undefined }} Request account: who is signed in */
/**
 * @typedef {{ status?: number, type?: string, page?: string, location?: string, signIn?: Account }} Answer
 * a page (`type`: its media type, HTML by default), or where to go
 */
/** @typedef {(request: Request) => Answer | Promise<Answer>} Route */

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');

/**
 * What the application answers, by method and path.
 * @param {{ accounts: import('./accounts.mjs').Accounts, mails: import('./mails.mjs').Mails }} services
 * @returns {Record<string, Route>}
 */
export function createRoutes({ accounts, mails }) {
  return {
    'GET /': () => ({ location: '/signup' }),
    'GET /style.css': () => ({ type: 'text/css', page: style }),

    'GET /signup': () => ({ page: pages.signUpPage() }),
    'POST /signup': async ({ url, form }) => {
      const account = accounts.signUp(field(form, 'email'), field(form, 'name'));
      await mails.verification(account, linkTo(url, '/verify', accounts.issueLink('verify', account.email)));
      return { page: pages.checkYourMailPage(account.email) };
    },
    'POST /signup/resend': async ({ url, form }) => {
      const account = accounts.find(field(form, 'email'));
      if (!account) return { location: '/signup' };
      await mails.verification(account, linkTo(url, '/verify', accounts.issueLink('verify', account.email)));
      return { page: pages.checkYourMailPage(account.email) };
    },
    'GET /verify': ({ url }) => {
      const account = accounts.redeemLink('verify', url.searchParams.get('token') ?? '');
      if (!account) return { status: 410, page: pages.errorPage('This link has been used already') };
      account.verified = true;
      return { signIn: account, location: '/account' };
    },

    'GET /signin': () => ({ page: pages.signInPage() }),
    'POST /signin': ({ form }) => {
      const account = accounts.signIn(field(form, 'email'), field(form, 'password'));
      if (!account) return { status: 403, page: pages.signInPage('Email or password is wrong.') };
      return { signIn: account, location: '/account' };
    },
    'POST /signin/send-code': async ({ form }) => {
      const email = field(form, 'email');
      await mails.oneTimeCode(email, accounts.issueCode(email));
      return { page: pages.enterCodePage(email) };
    },
    'POST /signin/code': ({ form }) => {
      const email = field(form, 'email');
      const account = accounts.redeemCode(email, field(form, 'code'));
      if (!account) return { status: 403, page: pages.enterCodePage(email, 'That is not the code.') };
      return { signIn: account, location: '/account' };
    },

    'GET /account': ({ account }) => (account ? { page: pages.accountPage(account) } : { location: '/signin' }),
    'POST /account/export': async ({ account }) => {
      if (!account) return { location: '/signin' };
      await mails.dataExport(account);
      return { page: pages.accountPage(account, 'Your data is on its way to you.') };
    },

    'GET /forgot': () => ({ page: pages.forgotPage() }),
    'POST /forgot': async ({ url, form }) => {
      const account = accounts.find(field(form, 'email'));
      if (account)
        await mails.passwordReset(account, linkTo(url, '/reset', accounts.issueLink('reset', account.email)));
      // The same answer either way, or the page would tell who has an account here.
      return { page: pages.forgotPage('If there is an account with this address, a mail is on its way.') };
    },
    'GET /reset': ({ url }) => ({ page: pages.resetPage(url.searchParams.get('token') ?? '') }),
    'POST /reset': ({ form }) => {
      const account = accounts.redeemLink('reset', field(form, 'token'));
      if (!account) return { status: 410, page: pages.errorPage('This link has been used already') };
      accounts.setPassword(account, field(form, 'password'));
      return { page: pages.signInPage('Your password has been changed.') };
    },

    'GET /contact': () => ({ page: pages.contactPage() }),
    'POST /contact': async ({ form }) => {
      await mails.contactRequest(field(form, 'email'), field(form, 'question'));
      return { page: pages.contactPage('Thank you. We will answer by mail.') };
    },
  };
}

/**
 * @param {URLSearchParams} form
 * @param {string} name
 */
function field(form, name) {
  return form.get(name)?.trim() ?? '';
}

/**
 * @param {URL} url of the request
 * @param {string} path
 * @param {string} token
 */
function linkTo(url, path, token) {
  const link = new URL(path, url);
  link.searchParams.set('token', token);
  return link.href;
}
