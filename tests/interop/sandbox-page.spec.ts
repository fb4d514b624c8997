import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

const browser = findBrowser();

/** A sandbox of the test's own, with its page open. */
const test = base.extend<{ sandbox: Sandbox; inbox: Page }>({
  launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {},
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
  inbox: async ({ page, sandbox }, use) => {
    await page.goto(sandbox.url);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await use(page);
  },
});

test.skip(!browser && !process.env['CI'], 'needs a browser: npx playwright install chromium');

const mail = { from: 'Contoso <app@contoso.com>', to: 'qa+k3x@contoso.com', subject: 'Your code', text: '839201' };

function row(page: Page, subject: string) {
  return page.getByRole('list', { name: 'Messages' }).getByRole('link', { name: subject });
}

function reader(page: Page) {
  return page.getByRole('article', { name: 'Message' });
}

test.describe('mails', () => {
  test('appear as they come, and say whom they were delivered for', async ({ inbox, sandbox }) => {
    await expect(inbox.getByText('No mail yet')).toBeVisible();
    await sandbox.deliver(mail);
    await expect(row(inbox, 'Your code')).toContainText('to qa+k3x@contoso.com');
    await expect(inbox).toHaveTitle('(1) Sandbox');
    await row(inbox, 'Your code').click();
    await expect(inbox).toHaveTitle('Sandbox');
    await expect(reader(inbox).getByText('839201')).toBeVisible();
    await expect(reader(inbox).getByText('Inbox · unread')).toBeVisible();
  });

  test('show the code and the links that are in them, to copy and to follow', async ({ inbox, sandbox }) => {
    const html = '<p>Your code is 482 913.</p><a href="https://app.contoso.com/verify?t=1">Verify</a>';
    await sandbox.deliver({ to: mail.to, subject: 'Verify', html: `${html}<a href="javascript:alert(1)">No</a>` });
    await row(inbox, 'Verify').click();
    await expect(reader(inbox).getByLabel('One-time code')).toHaveValue('482913');
    await reader(inbox).getByRole('tab', { name: 'Links (1)' }).click();
    const link = reader(inbox).getByRole('link', { name: 'https://app.contoso.com/verify?t=1' });
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(reader(inbox).getByRole('listitem')).toContainText('Verify');
  });

  test('are seen to move, to be read and to be deleted by others', async ({ inbox, sandbox }) => {
    await sandbox.deliver(mail);
    await row(inbox, 'Your code').click();
    const account = sandbox.store.account('qa@contoso.com');
    const [message] = account.folder('inbox').messages;
    const moved = account.folder('inbox').move(message!, account.folder('junkemail'));
    await expect(reader(inbox).getByText('Junk Email · unread')).toBeVisible();
    account.folder('junkemail').setFlag(moved, '\\Seen', true);
    await expect(reader(inbox).getByText('Junk Email · read')).toBeVisible();
    account.folder('junkemail').remove(moved);
    await expect(inbox.getByText('This message is gone.')).toBeVisible();
  });

  test('are looked at without being read', async ({ inbox, sandbox }) => {
    await sandbox.deliver({ ...mail, html: '<p>839201</p>' });
    await row(inbox, 'Your code').click();
    await expect(inbox.frameLocator('iframe').getByText('839201')).toBeVisible();
    expect((await sandbox.messages())[0]?.isRead).toBe(false);
  });

  test('are there again after the sandbox was away', async ({ inbox, sandbox }) => {
    await sandbox.restart();
    await sandbox.deliver(mail);
    await expect(row(inbox, 'Your code')).toBeVisible();
    await expect(inbox.getByText('Live', { exact: true })).toBeVisible();
  });

  test('are searched for in fields and texts, and chosen by mailbox', async ({ inbox, sandbox }) => {
    await sandbox.deliver(mail);
    await sandbox.deliver({ to: 'ann@contoso.com', subject: 'Groceries', html: '<p>Milk and <b>honey</b></p>' });
    await expect(row(inbox, 'Groceries')).toBeVisible();
    await inbox.getByRole('searchbox').fill('honey milk');
    await expect(row(inbox, 'Your code')).toBeHidden();
    await expect(row(inbox, 'Groceries')).toBeVisible();
    await inbox.getByRole('searchbox').fill('');
    await inbox.getByRole('combobox', { name: 'Mailbox' }).selectOption({ label: 'qa@contoso.com (1)' });
    await expect(row(inbox, 'Groceries')).toBeHidden();
    await expect(row(inbox, 'Your code')).toBeVisible();
  });

  test('are deleted, one and all', async ({ inbox, sandbox }) => {
    for (const subject of ['one', 'two', 'three']) await sandbox.deliver({ ...mail, subject });
    await row(inbox, 'two').click();
    await reader(inbox).getByRole('button', { name: 'Delete' }).click();
    await expect(row(inbox, 'two')).toBeHidden();
    await expect(reader(inbox).getByRole('heading', { name: 'one' })).toBeVisible();
    inbox.once('dialog', (dialog) => void dialog.accept());
    await inbox.getByRole('button', { name: 'Delete all' }).click();
    await expect(inbox.getByText('No mail yet')).toBeVisible();
    expect(await sandbox.messages()).toEqual([]);
  });

  test('are shown two hundred at a time', async ({ inbox, sandbox }) => {
    for (let index = 0; index < 250; index++) await sandbox.deliver({ ...mail, subject: `Mail ${index}` });
    await expect(inbox.getByText('The last 200')).toBeVisible();
    await expect(row(inbox, 'Mail 249')).toBeVisible();
    await inbox.getByRole('button', { name: 'Show older' }).click();
    await expect(inbox.getByText('250 messages')).toBeVisible();
    await expect(inbox.getByRole('list', { name: 'Messages' }).getByRole('listitem')).toHaveCount(250);
  });

  test('are put into a mailbox, with what is attached', async ({ inbox, sandbox }) => {
    await inbox.getByRole('button', { name: 'New mail' }).click();
    const form = inbox.getByRole('dialog', { name: 'New mail' });
    await expect(form.getByLabel('To')).toBeFocused();
    await form.getByLabel('To').fill('qa@contoso.com');
    await form.getByLabel('Subject').fill('Hello');
    await form.getByLabel('Text', { exact: true }).fill('Grüße');
    const file = { name: 'note.bin', mimeType: 'application/x-note', buffer: Buffer.alloc(100_000, 7) };
    await form.getByLabel('Attachments').setInputFiles(file);
    await form.getByRole('button', { name: 'Deliver' }).click();
    await expect(form).toBeHidden();
    await row(inbox, 'Hello').click();
    await reader(inbox).getByRole('tab', { name: 'Attachments (1)' }).click();
    const downloading = inbox.waitForEvent('download');
    await reader(inbox).getByRole('link', { name: 'note.bin' }).click();
    expect((await downloading).suggestedFilename()).toBe('note.bin');
    const [message] = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
    const { text, attachments } = await message!.parsed();
    expect([text, attachments[0]?.content.equals(file.buffer)]).toEqual(['Grüße', true]);
  });

  test('are answered', async ({ inbox, sandbox }) => {
    await sandbox.deliver({ ...mail, headers: { 'Reply-To': 'help@contoso.com' } });
    await row(inbox, 'Your code').click();
    await reader(inbox).getByRole('button', { name: 'Reply' }).click();
    const form = inbox.getByRole('dialog', { name: 'Reply' });
    await form.getByLabel('Text', { exact: true }).fill('Thanks');
    await form.getByRole('button', { name: 'Deliver' }).click();
    await expect(row(inbox, 'Re: Your code')).toBeVisible();
    const [sent] = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
    const [answer] = sandbox.store.account('help@contoso.com').folder('inbox').messages;
    expect(await answer?.parsed()).toMatchObject({
      from: { text: 'qa+k3x@contoso.com' },
      inReplyTo: (await sent?.parsed())?.messageId,
      text: 'Thanks\n',
    });
  });

  test('that are refused say why, in the form', async ({ inbox }) => {
    await inbox.getByRole('button', { name: 'New mail' }).click();
    const form = inbox.getByRole('dialog', { name: 'New mail' });
    await form.getByLabel('To').fill('nobody');
    await form.getByRole('button', { name: 'Deliver' }).click();
    await expect(form.getByRole('alert')).toContainText("'nobody' is no address");
    await inbox.keyboard.press('Escape');
    await expect(form).toBeHidden();
  });
});

test.describe('faults', () => {
  test('are switched on and off, and counted where one sees them', async ({ inbox, sandbox }) => {
    await inbox.getByRole('link', { name: 'Faults' }).click();
    await inbox.getByRole('switch', { name: 'ewsDisabled' }).check();
    await inbox.getByRole('spinbutton', { name: 'busy: requests' }).fill('3');
    await inbox.getByRole('spinbutton', { name: 'busy: ms to back off' }).fill('500');
    await inbox.getByRole('spinbutton', { name: 'token: AADSTS' }).fill('50173');
    await inbox.keyboard.press('Enter');
    await expect(inbox.getByRole('link', { name: 'Faults 3' })).toBeVisible();
    expect(sandbox.faults).toMatchObject({
      ewsDisabled: true,
      busy: { times: 3, backOffMilliseconds: 500 },
      token: { code: 50173 },
    });
    await inbox.getByRole('button', { name: 'End all faults' }).click();
    await expect(inbox.getByRole('switch', { name: 'ewsDisabled' })).not.toBeChecked();
    await expect(inbox.getByRole('link', { name: 'Faults', exact: true })).toBeVisible();
    expect(sandbox.faults).toMatchObject({ ewsDisabled: false, busy: { times: 0 }, token: undefined });
  });

  test('that strike are seen to count down', async ({ inbox, sandbox }) => {
    await inbox.getByRole('link', { name: 'Faults' }).click();
    await inbox.getByRole('spinbutton', { name: 'unauthorized: requests' }).fill('2');
    await inbox.keyboard.press('Enter');
    await expect.poll(() => sandbox.faults.unauthorized).toBe(2);
    await fetch(`${sandbox.url}/v1.0/me`);
    await inbox.getByRole('switch', { name: 'ewsDisabled' }).focus();
    await expect(inbox.getByRole('spinbutton', { name: 'unauthorized: requests' })).toHaveValue('1');
  });

  test('that can not be are refused, and the page shows what is', async ({ inbox, sandbox }) => {
    await inbox.getByRole('link', { name: 'Faults' }).click();
    await inbox.getByRole('spinbutton', { name: 'losePushes: of 1' }).fill('7');
    await inbox.keyboard.press('Enter');
    await expect(inbox.getByRole('alert')).toContainText("'losePushes' cannot be 7");
    expect(sandbox.faults.losePushes).toBe(0);
  });
});

test('requests are shown with their answers as they come, failures alone if one wants', async ({ inbox, sandbox }) => {
  await inbox.getByRole('link', { name: 'Requests' }).click();
  await expect(inbox.getByText('Nothing came yet.')).toBeVisible();
  await fetch(`${sandbox.url}/contoso.com/v2.0/.well-known/openid-configuration`);
  await fetch(`${sandbox.url}/v1.0/me`, { headers: { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.c2VjcmV0' } });
  const list = inbox.getByRole('list', { name: 'Requests' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await inbox.getByLabel('Failures only').check();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByText('GET /v1.0/me').click();
  await expect(list.getByText('authorization: Bearer ***')).toBeVisible();
  await expect(list.getByText('"code":"InvalidAuthenticationToken"')).toBeVisible();
  await inbox.getByRole('combobox', { name: 'Door' }).selectOption('Sign-in');
  await expect(list.getByRole('listitem')).toHaveCount(0);
});

test('settings are there to copy, without scripts too', async ({ inbox, sandbox, browser: it }) => {
  await inbox.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await inbox.getByRole('link', { name: 'Connect', exact: true }).click();
  await inbox.getByRole('button', { name: 'Copy Nodemailer' }).click();
  const line = `nodemailer.createTransport('smtp://127.0.0.1:${sandbox.smtp.port}')`;
  await expect.poll(() => inbox.evaluate(() => navigator.clipboard.readText())).toBe(line);
  const plain = await it.newPage({ javaScriptEnabled: false });
  await plain.goto(sandbox.url);
  await expect(plain.getByText(line)).toBeVisible();
  await plain.close();
});

test('all is to be had by the keyboard', async ({ inbox, sandbox }) => {
  for (const subject of ['one', 'two', 'three']) await sandbox.deliver({ ...mail, subject });
  await expect(row(inbox, 'three')).toBeVisible();
  await inbox.keyboard.press('/');
  await expect(inbox.getByRole('searchbox')).toBeFocused();
  await inbox.keyboard.press('Tab');
  await expect(row(inbox, 'three')).toBeFocused();
  await inbox.keyboard.press('ArrowDown');
  await expect(row(inbox, 'two')).toBeFocused();
  await inbox.keyboard.press('End');
  await inbox.keyboard.press('Enter');
  await expect(reader(inbox)).toBeFocused();
  await expect(reader(inbox).getByRole('heading', { name: 'one' })).toBeVisible();
  await reader(inbox).getByRole('tab', { name: 'Text' }).focus();
  await inbox.keyboard.press('ArrowRight');
  await expect(reader(inbox).getByRole('tab', { name: 'Headers' })).toBeFocused();
  await expect(reader(inbox).getByRole('rowheader', { name: 'Subject' })).toBeVisible();
});

const looks = [
  { device: 'desktop', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { device: 'phone', viewport: { width: 390, height: 760 }, colorScheme: 'dark' },
] as const;
for (const { device, viewport, colorScheme } of looks) {
  test.describe(`on a ${device}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });

    test('axe finds nothing anywhere', async ({ inbox, sandbox }) => {
      test.slow();
      await sandbox.deliver({
        ...mail,
        html: '<p>839201</p><a href="https://contoso.com/">Contoso</a>',
        attachments: [{ filename: 'a.txt', content: 'x' }],
      });
      await fetch(`${sandbox.url}/v1.0/me`);
      const check = async () => {
        // What a mail looks like is its sender's.
        const { violations } = await new AxeBuilder({ page: inbox }).setLegacyMode().exclude('iframe').analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      };
      await expect(row(inbox, 'Your code')).toBeVisible();
      await check();
      await row(inbox, 'Your code').click();
      await expect(inbox.frameLocator('iframe').getByText('839201')).toBeVisible();
      await check();
      await reader(inbox).getByRole('tab', { name: 'Headers' }).click();
      await check();
      await reader(inbox).getByRole('tab', { name: 'Links (1)' }).click();
      await check();
      await inbox.getByRole('link', { name: 'Requests' }).click();
      await inbox.getByText('GET /v1.0/me').click();
      await expect(inbox.getByRole('heading', { name: 'Answer' })).toBeVisible();
      await check();
      await inbox.getByRole('link', { name: 'Faults' }).click();
      await expect(inbox.getByRole('group', { name: 'EWS' })).toBeVisible();
      await check();
      await inbox.getByRole('link', { name: 'Connect', exact: true }).click();
      await check();
      await inbox.getByRole('button', { name: 'New mail' }).click();
      await check();
    });
  });
}
