import { randomBytes } from 'node:crypto';
import { test as base, expect } from '@playwright/test';
import { describeContent } from './contract-content.js';
import { describeFind } from './contract-find.js';
import { describeFolders, type Contract } from './contract-folders.js';
import { describeViews } from './contract-views.js';
import type { ContractServer } from './contract-server.js';
import { subjects } from './subjects.js';

/** Milliseconds; long, for waits that succeed. */
const timeout = 20_000;
/** Milliseconds; short, for waits that are to end without a message. */
const soon = 300;

/** What a mailbox means, whatever server and protocol are below it. */
export function describeContract(title: string, start: () => Promise<ContractServer>): void {
  const test = base.extend<Contract>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    server: async ({}, use) => {
      await using server = await start();
      await use(server);
    },
    connection: async ({ server }, use) => {
      await using connection = await server.connect();
      await use(connection);
    },
    mailbox: async ({ connection }, use) => {
      await using mailbox = await connection.mailbox(undefined, { timeout });
      await use(mailbox);
    },
    shared: async ({ server }, use) => {
      await using connection = await server.connect({ addressing: 'plain' });
      await using mailbox = await connection.mailbox(undefined, { timeout });
      await use(mailbox);
    },
  });

  test.describe(title, () => {
    test('what is sent arrives as it was sent', async ({ mailbox }) => {
      const content = randomBytes(5_000_000);
      const sent = await mailbox.send({
        to: { name: 'عائشة', address: mailbox.address },
        subject: 'a <&> "b" 🎉',
        text: 'one <&> two\n',
        html: '<p>fünf &amp; sechs 🎉</p>',
        attachments: [{ filename: 'großes Bild.bin', content }],
        headers: { 'X-Campaign': 'Grüße' },
      });
      const message = await mailbox.waitForMessage();
      expect(message.messageId).toBe(sent.messageId);
      expect(message.subject).toBe('a <&> "b" 🎉');
      expect(message.to).toEqual([{ name: 'عائشة', address: mailbox.address }]);
      expect(message.text.trim()).toBe('one <&> two');
      expect(message.html).toContain('<p>fünf &amp; sechs 🎉</p>');
      expect(message.headers.get('x-campaign')).toEqual(['Grüße']);
      expect(message.attachments).toMatchObject([{ filename: 'großes Bild.bin', size: content.length }]);
      expect(message.attachments[0]!.content.equals(content)).toBe(true);
    });

    test('a copy of what is sent lies in Sent Items', async ({ mailbox, connection }) => {
      await using account = await connection.mailbox(connection.address, { timeout });
      const sent = await mailbox.send({ to: 'someone@contoso.com', subject: 'For the record', text: 'x' });
      const message = await account.waitForMessage({ subject: 'For the record' }, { folder: 'sentitems' });
      expect(message.messageId).toBe(sent.messageId);
    });

    test('a wait that begins before the message is there gets it', async ({ server, mailbox }) => {
      const waiting = mailbox.waitForMessage({ subject: 'Verify' });
      await server.deliver({ to: mailbox.address, subject: 'Verify your address' });
      expect((await waiting).subject).toBe('Verify your address');
    });

    test('each message is handed out once, in the order of arrival', async ({ server, mailbox }) => {
      await server.deliver({ to: mailbox.address, subject: 'Verify 1' });
      await server.deliver({ to: mailbox.address, subject: 'Verify 2' });
      expect((await mailbox.waitForMessage({ subject: 'Verify' })).subject).toBe('Verify 1');
      expect((await mailbox.waitForMessage({ subject: 'Verify' })).subject).toBe('Verify 2');
      const third = mailbox.waitForMessage({ subject: 'Verify' }, { timeout: soon });
      await expect(third).rejects.toThrow(/Handed out before, so not again:\s+"Verify 1".*\s+"Verify 2"/);
    });

    test('competing waits are served in the order of their calls', async ({ server, mailbox }) => {
      const waits = [1, 2, 3].map(() => mailbox.waitForMessage({ subject: 'Code' }));
      for (const number of [1, 2, 3]) await server.deliver({ to: mailbox.address, subject: `Code ${number}` });
      expect(subjects(await Promise.all(waits))).toEqual(['Code 1', 'Code 2', 'Code 3']);
    });

    test('a wait that ended takes no message from those that follow', async ({ server, mailbox }) => {
      await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('No message matched');
      await server.deliver({ to: mailbox.address, subject: 'Late' });
      expect((await mailbox.waitForMessage()).subject).toBe('Late');
    });

    test('a cancelled wait ends with the reason it was given', async ({ mailbox }) => {
      const controller = new AbortController();
      const waiting = mailbox.waitForMessage({}, { signal: controller.signal });
      controller.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
    });

    test('find and subscriptions only look', async ({ server, mailbox }) => {
      await using subscription = await mailbox.subscribe({ subject: 'News' });
      await server.deliver({ to: mailbox.address, subject: 'News 1' });
      await server.deliver({ to: mailbox.address, subject: 'Other' });
      await server.deliver({ to: mailbox.address, subject: 'News 2' });
      expect((await subscription.next()).subject).toBe('News 1');
      expect((await subscription.next()).subject).toBe('News 2');
      expect(subscription.messageCount).toBe(2);
      expect(subjects(await mailbox.find({ subject: 'News' }))).toEqual(['News 1', 'News 2']);
      expect((await mailbox.waitForMessage({ subject: 'News' })).subject).toBe('News 1');
    });

    test('a subscription gives what comes after it, as an iteration that ends when it is closed', async ({
      server,
      mailbox,
    }) => {
      await server.deliver({ to: mailbox.address, subject: 'Before' });
      const subscription = await mailbox.subscribe();
      for (const number of [1, 2]) await server.deliver({ to: mailbox.address, subject: `After ${number}` });
      const seen: string[] = [];
      for await (const message of subscription) {
        seen.push(message.subject);
        if (seen.length === 2) subscription.close();
      }
      expect(seen).toEqual(['After 1', 'After 2']);
    });

    test('a subscription whose next does not come says so as a wait does', async ({ server, mailbox }) => {
      await using subscription = await mailbox.subscribe({ subject: 'News' });
      await server.deliver({ to: mailbox.address, subject: 'Other' });
      await expect(subscription.next({ timeout: soon })).rejects.toThrow(/"Other".*\s+subject is not "News"/);
    });

    test('mail that appears with an old received time is found', async ({ server, shared }) => {
      test.skip(server.lacks?.includes('backdating') ?? false, 'the server sets the received time itself');
      const receivedAt = new Date('2020-01-01T12:00:00Z');
      await server.deliver({ to: server.account, subject: 'Delayed', receivedAt });
      const message = await shared.waitForMessage({ subject: 'Delayed' });
      expect(message.receivedAt).toEqual(receivedAt);
    });

    test('mail that is moved in from Junk Email is found', async ({ server, mailbox }) => {
      await server.deliver({ to: mailbox.address, subject: 'Released', folder: 'junkemail' });
      await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow(
        /Lies in Junk Email:\s+"Released"[^]*Junk Email took it/,
      );
      await server.move('Released', 'junkemail', 'inbox');
      expect((await mailbox.waitForMessage()).subject).toBe('Released');
    });

    test('a message that moved away and back is the same message', async ({ server, mailbox }) => {
      await server.deliver({ to: mailbox.address, subject: 'Wanderer' });
      await mailbox.waitForMessage();
      await server.move('Wanderer', 'inbox', 'junkemail');
      await server.move('Wanderer', 'junkemail', 'inbox');
      await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('Handed out before');
      expect(await mailbox.find()).toHaveLength(1);
      expect(await mailbox.clear()).toBe(1);
      expect(await server.isRead('Wanderer')).toBeUndefined();
    });

    for (const [how, head] of Object.entries({
      'one Message-ID sent twice': 'Message-ID: <twin@contoso.com>\r\n',
      'no Message-ID, in one second': '',
    })) {
      test(`two messages are two: ${how}`, async ({ server, mailbox }) => {
        test.skip(!server.deliverSource, 'the server takes no mail as it is written');
        const source = `${head}From: shop@contoso.com\r\nTo: ${mailbox.address}\r\nSubject: Twin\r\n\r\nText\r\n`;
        await using subscription = await mailbox.subscribe();
        await server.deliverSource!(mailbox.address, source);
        await mailbox.waitForMessage({ subject: 'Twin' });
        await server.deliverSource!(mailbox.address, source);
        await mailbox.waitForMessage({ subject: 'Twin' });
        await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('Handed out before');
        expect(await mailbox.find()).toHaveLength(2);
        expect(subscription.messageCount).toBe(2);
        expect(await mailbox.clear()).toBe(2);
      });
    }

    for (const part of ['source', 'all'] as const) {
      test(`a message that the server does not give holds up none: ${part}`, async ({
        server,
        connection,
        mailbox,
      }) => {
        test.skip(!server.spoil, 'the server gives all');
        await using other = await connection.mailbox(undefined, { timeout });
        server.spoil!('Corrupt', part);
        await using subscription = await mailbox.subscribe();
        const [own, others] = [mailbox.waitForMessage({ subject: 'Good' }), other.waitForMessage()];
        await server.deliver({ to: mailbox.address, subject: 'Corrupt', text: 'x' });
        await server.deliver({ to: mailbox.address, subject: 'Good', text: 'x' });
        await server.deliver({ to: other.address, subject: 'For another', text: 'x' });
        expect((await own).subject).toBe('Good');
        expect((await others).subject).toBe('For another');
        expect((await subscription.next()).subject).toBe('Good');
        expect(subjects(await mailbox.find())).toEqual(['Good']);
        await expect(mailbox.waitForMessage({ subject: 'Corrupt' }, { timeout: soon })).rejects.toThrow(
          part === 'source' ? /could not be read:\s+"Corrupt" / : /does not say for whom:\s+"/,
        );
        expect(await mailbox.clear()).toBe(part === 'source' ? 2 : 1);
      });
    }

    test('receiving a message leaves it unread until it is marked', async ({ server, mailbox }) => {
      await server.deliver({ to: mailbox.address, subject: 'Unread' });
      const message = await mailbox.waitForMessage();
      expect(await server.isRead('Unread')).toBe(false);
      await message.markAsRead();
      expect(await server.isRead('Unread')).toBe(true);
    });

    test('a message can be moved, and deleted', async ({ server, mailbox }) => {
      await server.deliver({ to: mailbox.address, subject: 'Moved' });
      await server.deliver({ to: mailbox.address, subject: 'Deleted' });
      await (await mailbox.waitForMessage({ subject: 'Moved' })).moveTo('deleteditems');
      await (await mailbox.waitForMessage({ subject: 'Deleted' })).delete();
      expect(await server.isRead('Moved')).toBeUndefined();
      expect(await server.isRead('Deleted')).toBeUndefined();
      expect(await mailbox.find({}, { folder: 'deleteditems' })).toMatchObject([{ subject: 'Moved' }]);
    });

    test('a reply and a forwarded message arrive', async ({ server, connection, mailbox }) => {
      await using sender = await connection.mailbox(undefined, { timeout });
      await server.deliver({ to: mailbox.address, from: sender.address, subject: 'Question', text: 'Why?' });
      const question = await mailbox.waitForMessage();
      await question.reply({ text: 'Because.' });
      await question.forward({ to: sender.address });
      const answer = await sender.waitForMessage({ subject: 'Re: Question' });
      expect(answer.inReplyTo).toBe(question.messageId);
      expect((await sender.waitForMessage({ subject: 'Fwd: Question' })).attachments).toHaveLength(1);
    });

    describeFolders(test);

    describeFind(test);

    describeViews(test);

    describeContent(test);

    test('nothing is lost and nothing comes twice while the server makes trouble', async ({ server, mailbox }) => {
      test.skip(server.lacks?.includes('trouble') ?? false, 'the server is left in peace');
      test.slow();
      const total = 1000;
      const expected = Array.from({ length: total }, (_, index) => `Storm ${index}`);
      const received: string[] = [];
      const storm = async (): Promise<void> => {
        for (const [index, subject] of expected.entries()) {
          await server.deliver({ to: mailbox.address, subject });
          if (index % 25 === 0) await server.disturb();
          // So many turns of the event loop, at random, put arrivals into every gap between read, push and reconnect.
          for (let turns = Math.random() ** 4 * 200; turns > 1; turns--) await new Promise(setImmediate);
        }
      };
      const readers = Array.from({ length: 4 }, async () => {
        for (let taken = 0; taken < total / 4; taken++) {
          received.push((await mailbox.waitForMessage({}, { timeout: 60_000 })).subject);
        }
      });
      await Promise.all([storm(), ...readers]);
      expect(received.toSorted()).toEqual(expected.toSorted());
      await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('No message matched');
    });
  });
}
