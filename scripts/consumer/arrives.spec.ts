import { expect, test } from 'playwright-exchange';

test('what is sent arrives', async ({ mailbox }) => {
  await mailbox.send({ to: mailbox.address, subject: 'Installed', text: 'It works.' });
  const message = await mailbox.waitForMessage({ subject: 'Installed' });
  expect(message).toHaveBody('It works.');
});
