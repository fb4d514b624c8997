import { expect, test } from '@playwright/test';
import { recipient, startGraphServer, subjectsIn, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const at = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });

/** qa invites Ann. */
async function invite(fields: Json = {}): Promise<string> {
  const body = {
    subject: 'Planning',
    body: { contentType: 'html', content: '<p>Bring ideas</p>' },
    start: at('2026-07-01T12:00:00', 'Europe/Berlin'),
    end: at('2026-07-01T13:00:00', 'Europe/Berlin'),
    location: { displayName: 'Room 1' },
    attendees: [{ ...recipient('ann@contoso.com'), type: 'required' }],
    ...fields,
  };
  const { json, text, status } = await server.ask('POST /me/events', { body });
  expect(status, text).toBe(201);
  return String(json['id']);
}

async function eventsOf(token: string): Promise<Json[]> {
  return (await server.ask('/me/events', { token })).value;
}

async function responses(id: string): Promise<unknown[]> {
  const { json } = await server.ask(`/me/events/${id}`);
  return (json['attendees'] as { status: Json }[]).map(({ status }) => status['response']);
}

test('creating an event with attendees mails them a meeting request, and puts it into their calendar', async () => {
  await invite();
  const [mail] = server.store.account('ann@contoso.com').folder('inbox').messages;
  const source = mail!.source.toString();
  expect(source).toMatch(/^Content-Type: text\/calendar;.*method=REQUEST/m);
  expect(source).toContain('ATTENDEE');
  const [event] = await eventsOf('ann');
  expect(event).toMatchObject({
    subject: 'Planning',
    isOrganizer: false,
    showAs: 'tentative',
    responseStatus: { response: 'notResponded' },
    start: at('2026-07-01T10:00:00.0000000'),
    location: { displayName: 'Room 1' },
    organizer: { emailAddress: { address: 'qa@contoso.com' } },
    attendees: [{ status: { response: 'notResponded' }, emailAddress: { address: 'ann@contoso.com' } }],
  });
  const [own] = await eventsOf('user');
  expect(own?.['iCalUId']).toBe(event?.['iCalUId']);
  expect(await subjectsIn(server, 'sentitems')).toEqual(['Planning']);
});

for (const [action, response, prefix] of [
  ['accept', 'accepted', 'Accepted'],
  ['tentativelyAccept', 'tentativelyAccepted', 'Tentative'],
  ['decline', 'declined', 'Declined'],
]) {
  test(`${action} mails the answer, and it is noted on both sides`, async () => {
    const id = await invite();
    const [event] = await eventsOf('ann');
    const body = { Comment: 'So be it', SendResponse: true };
    const reply = await server.ask(`POST /me/calendar/events/${String(event?.['id'])}/${action}`, {
      token: 'ann',
      body,
    });
    expect(reply.status, reply.text).toBe(202);
    expect(reply.text).toBe('');
    expect(await responses(id)).toEqual([response]);
    expect(await subjectsIn(server, 'inbox')).toEqual([`${prefix}: Planning`]);
    const [mail] = server.store.account('qa@contoso.com').folder('inbox').messages;
    expect((await mail!.parsed()).text).toContain('So be it');
    const left = await eventsOf('ann');
    const answered = {
      responseStatus: { response, time: expect.not.stringContaining('0001') },
      attendees: [{ status: { response } }],
    };
    expect(left).toEqual(
      response === 'declined'
        ? []
        : [
            expect.objectContaining({
              ...answered,
              attendees: [expect.objectContaining({ status: expect.objectContaining({ response }) })],
            }),
          ],
    );
  });
}

test('an answer is not sent that is not to be, and not by whom it is not asked for', async () => {
  const id = await invite();
  const [event] = await eventsOf('ann');
  const theirs = `POST /me/events/${String(event?.['id'])}`;
  const quietly = { token: 'ann', body: { sendResponse: false } };
  expect((await server.ask(`${theirs}/accept`, quietly)).status).toBe(202);
  expect(await subjectsIn(server, 'inbox')).toEqual([]);
  const own = await server.ask(`POST /me/events/${id}/accept`, { body: {} });
  expect([own.status, own.code]).toEqual([400, 'ErrorInvalidRequest']);
  expect(own.text).toContain("You can't respond to this meeting because you're the meeting organizer.");
  const cancelled = await server.ask(`${theirs}/cancel`, { token: 'ann', body: {} });
  expect([cancelled.status, cancelled.code]).toEqual([400, 'ErrorInvalidRequest']);
  expect(cancelled.text).toContain('You need to be an organizer to cancel a meeting.');
});

test('whoever organizes a meeting calls it off by cancel, and by deleting it', async () => {
  for (const [method, path] of [
    ['POST', '/cancel'],
    ['DELETE', ''],
  ]) {
    const id = await invite();
    const reply = await server.ask(
      `${method} /me/events/${id}${path}`,
      method === 'POST' ? { body: { comment: 'Ill' } } : {},
    );
    expect(reply.status).toBe(method === 'POST' ? 202 : 204);
    const mails = server.store.account('ann@contoso.com').folder('inbox').messages;
    expect((await mails.at(-1)!.parsed()).subject).toBe('Canceled: Planning');
    expect((await mails.at(-1)!.parsed()).text).toContain(method === 'POST' ? 'Ill' : 'Bring ideas');
    expect((await eventsOf('ann')).at(-1)).toMatchObject({ isCancelled: true, showAs: 'free' });
    expect(await eventsOf('user')).toEqual([]);
  }
});

test('of a change attendees are told where it concerns them, of new attendees they alone', async () => {
  const id = await invite();
  const inboxes = () =>
    ['ann', 'bob'].map((name) => server.store.account(`${name}@contoso.com`).folder('inbox').messages.length);
  await server.ask(`PATCH /me/events/${id}`, { body: { categories: ['Red'], isReminderOn: false, showAs: 'oof' } });
  expect(inboxes()).toEqual([1, 0]);
  const attendees = [recipient('ann@contoso.com'), recipient('bob@contoso.com')];
  await server.ask(`PATCH /me/events/${id}`, { body: { attendees } });
  expect(inboxes()).toEqual([1, 1]);
  await server.ask(`PATCH /me/events/${id}`, { body: { start: at('2026-07-01T09:00:00') } });
  expect(inboxes()).toEqual([2, 2]);
  expect(await eventsOf('ann')).toEqual([expect.objectContaining({ start: at('2026-07-01T09:00:00.0000000') })]);
  await server.ask(`PATCH /me/events/${id}`, { body: { attendees: attendees.slice(1) } });
  expect(inboxes()).toEqual([3, 2]);
  expect(await eventsOf('ann')).toEqual([expect.objectContaining({ isCancelled: true })]);
});

test('an attendee forwards a meeting, and its organizer is told', async () => {
  const id = await invite();
  const [event] = await eventsOf('ann');
  const body = { ToRecipients: [{ EmailAddress: { Address: 'bob@contoso.com' } }], Comment: 'Come too' };
  expect((await server.ask(`POST /me/events/${String(event?.['id'])}/forward`, { token: 'ann', body })).status).toBe(
    202,
  );
  const [mail] = server.store.account('bob@contoso.com').folder('inbox').messages;
  expect(await mail!.parsed()).toMatchObject({ subject: 'FW: Planning', text: expect.stringContaining('Come too') });
  expect(mail!.properties.get('item:ItemClass')).toBe('IPM.Schedule.Meeting.Request');
  expect(await subjectsIn(server, 'inbox')).toEqual(['Meeting Forward Notification: Planning']);
  expect(await responses(id)).toEqual(['none', 'none']);
  const nobody = { ToRecipients: [{ EmailAddress: { Address: 'bob@contoso.com\r\nX: y' } }] };
  const refused = await server.ask(`POST /me/events/${String(event?.['id'])}/forward`, { token: 'ann', body: nobody });
  expect([refused.status, refused.code]).toEqual([400, 'ErrorInvalidRecipients']);
});

test('an event that a client makes twice is made once, and its organizer is not invited', async () => {
  const attendees = [recipient('QA+tag@contoso.com')];
  await invite({ transactionId: 'one', attendees });
  const again = {
    subject: 'Again',
    start: at('2026-07-01T12:00:00'),
    end: at('2026-07-01T13:00:00'),
    transactionId: 'one',
  };
  const reply = await server.ask('POST /me/events', { body: again });
  expect([reply.status, reply.code]).toEqual([409, 'ErrorDuplicateTransactionId']);
  expect(await subjectsIn(server, 'inbox')).toEqual([]);
});

test('names and addresses of attendees stay what they are', async () => {
  const name = 'Ann "A"; Smith, \r\nATTENDEE:mailto:eve@contoso.com ü';
  await invite({ attendees: [{ emailAddress: { address: 'ann@contoso.com', name } }] });
  const [event] = await eventsOf('ann');
  expect(event?.['attendees']).toEqual([
    expect.objectContaining({ emailAddress: { address: 'ann@contoso.com', name: expect.stringContaining('Smith') } }),
  ]);
  for (const address of ['ann', 'ann@contoso.com\r\nBcc: eve@contoso.com', 'a b@contoso.com', '<ann@contoso.com>']) {
    const body = {
      subject: 'X',
      start: at('2026-07-01T12:00:00'),
      end: at('2026-07-01T13:00:00'),
      attendees: [recipient(address)],
    };
    expect((await server.ask('POST /me/events', { body })).code).toBe('ErrorInvalidRecipients');
  }
});

test('reminders are put off and dismissed', async () => {
  const id = await invite();
  const body = { newReminderTime: at('2026-07-01T11:55:00', 'Europe/Berlin') };
  expect((await server.ask(`POST /me/events/${id}/snoozeReminder`, { body })).status).toBe(200);
  expect((await server.ask(`POST /me/events/${id}/dismissReminder`)).status).toBe(200);
  expect((await server.ask(`/me/events/${id}`)).json).toMatchObject({ isReminderOn: false });
});

test('one sees when others are busy, and no more', async () => {
  await invite({ showAs: 'oof' });
  const body = {
    schedules: ['qa@contoso.com', 'ann@contoso.com', 'nobody'],
    startTime: at('2026-07-01T11:00:00', 'Europe/Berlin'),
    endTime: at('2026-07-01T14:00:00', 'Europe/Berlin'),
    availabilityViewInterval: 30,
  };
  const headers = { Prefer: 'outlook.timezone="W. Europe Standard Time"' };
  const { value } = await server.ask('POST /me/calendar/getSchedule', { body, headers });
  const times = {
    start: at('2026-07-01T12:00:00.0000000', 'W. Europe Standard Time'),
    end: at('2026-07-01T13:00:00.0000000', 'W. Europe Standard Time'),
  };
  expect(value).toMatchObject([
    {
      availabilityView: '003300',
      scheduleItems: [{ status: 'oof', subject: 'Planning', location: 'Room 1', ...times }],
    },
    { availabilityView: '001100' },
    { scheduleId: 'nobody', error: { responseCode: 'ErrorMailRecipientNotFound' } },
  ]);
  expect([...server.store.accounts].map(({ address }) => address)).toEqual(['qa@contoso.com', 'ann@contoso.com']);
  expect(value[1]?.['scheduleItems']).toEqual([{ status: 'tentative', ...times }]);
});

test('mail about meetings says what it is, and leads to its event', async () => {
  const id = await invite();
  const mails = (token: string) => server.ask('/me/mailFolders/inbox/messages?$top=1', { token });
  const [request] = (await mails('ann')).value;
  const [event] = await eventsOf('ann');
  expect(request).toMatchObject({
    '@odata.type': '#microsoft.graph.eventMessageRequest',
    meetingMessageType: 'meetingRequest',
    meetingRequestType: 'newMeetingRequest',
    type: 'singleInstance',
    isOutOfDate: false,
    startDateTime: at('2026-07-01T10:00:00.0000000'),
    location: { displayName: 'Room 1' },
  });
  const path = `/me/messages/${String(request?.['id'])}`;
  const query =
    '$select=subject,microsoft.graph.eventMessage/meetingMessageType&$expand=microsoft.graph.eventMessage/event($select=id)';
  const expanded = await server.ask(`${path}?${query}`, { token: 'ann' });
  expect(expanded.json).toEqual({
    '@odata.context': expect.any(String),
    '@odata.etag': expect.any(String),
    '@odata.type': '#microsoft.graph.eventMessageRequest',
    id: request?.['id'],
    subject: 'Planning',
    meetingMessageType: 'meetingRequest',
    event: { '@odata.etag': expect.any(String), id: event?.['id'] },
  });
  const navigated = await server.ask(`${path}/microsoft.graph.eventMessage/event`, { token: 'ann' });
  expect(navigated.json['id']).toBe(event?.['id']);
  await server.ask(`POST /me/events/${String(event?.['id'])}/tentativelyAccept`, { token: 'ann', body: {} });
  expect((await mails('user')).value).toMatchObject([
    {
      '@odata.type': '#microsoft.graph.eventMessageResponse',
      meetingMessageType: 'meetingTenativelyAccepted',
      responseType: 'tentativelyAccepted',
    },
  ]);
  await server.ask(`DELETE /me/events/${id}`);
  expect((await mails('ann')).value).toMatchObject([
    { '@odata.type': '#microsoft.graph.eventMessage', meetingMessageType: 'meetingCancelled' },
  ]);
  const plain = server.deliver({ subject: 'Plain' });
  const shown = await server.ask(`/me/messages/${server.idOf(plain)}?$expand=microsoft.graph.eventMessage/event`);
  expect(Object.keys(shown.json)).not.toContain('@odata.type');
});
