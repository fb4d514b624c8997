import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { linesOf } from '../support/lines-of.js';
import { startEwsServer } from '../unit/sandbox-ews-server.js';

const python = '/usr/bin/python3';
const isInstalled = spawnSync(python, ['-c', 'import exchangelib']).status === 0;

test.skip(!isInstalled && !process.env['CI'], 'exchangelib is missing: apt-get install python3-exchangelib');

test('exchangelib sends, finds, reads, changes, streams, pulls, synchronises, moves and deletes', async () => {
  await using server = await startEwsServer();
  expect(await run('exchangelib.py', server.url)).toEqual([
    { step: 'send', sent: ['From exchangelib <&>'] },
    { step: 'find', count: 1, subjects: ['From exchangelib <&>'] },
    {
      step: 'read',
      body: '<p>Grüße</p>',
      to: ['qa+tag@contoso.com'],
      bcc: null,
      mime: true,
      attachments: ['Inner', 'a.txt'],
      content: 'content',
      inner: 'Inner',
    },
    { step: 'change', read: true, unread: 0 },
    { step: 'stream', events: ['CreatedEvent', 'NewMailEvent'], again: 'ErrorSubscriptionNotFound' },
    { step: 'pull', events: ['CreatedEvent', 'NewMailEvent'] },
    { step: 'sync', first: ['create', 'create', 'create'], later: ['delete'] },
    { step: 'move', changed: true, trash: ['Pulled'] },
    { step: 'gone', error: 'ErrorItemNotFound', expected: true },
    { step: 'answer', references: true, forwarded: ['Inner', 'a.txt'], detached: true },
    { step: 'folders', distinguished: 26, classes: ['IPF.Appointment', 'IPF.Contact', 'IPF.Task', 'IPF.StickyNote'] },
    { step: 'change folders', synced: [['create', 'Newer']], copied: 1, left: 0 },
    {
      step: 'services',
      oof: 'away',
      zones: true,
      rooms: [],
      delegates: [],
      tips: 'qa@contoso.com',
      names: ['qa@contoso.com'],
      people: [],
    },
  ]);
  expect(server.store.account('hidden@contoso.com').folder('inbox').messages).toHaveLength(1);
});

test('exchangelib keeps appointments, contacts and tasks, and invites by mail', async () => {
  await using server = await startEwsServer();
  expect(await run('exchangelib_calendar.py', server.url)).toEqual([
    {
      step: 'appoint',
      start: '2026-11-20T08:30:00+00:00',
      location: 'Room 1',
      organizer: 'qa@contoso.com',
      attendees: ['dev@contoso.com'],
      meeting: true,
    },
    { step: 'view', that_day: ['Stand-up'], next_day: [], filtered: ['Stand-up'] },
    { step: 'move', location: 'Room 2', duration: 'PT90M' },
    { step: 'recur', type: 'RecurringMaster', number: 5 },
    {
      step: 'contact',
      title: 'Tester',
      emails: ['qa@contoso.com', 'two@contoso.com'],
      home: [['Street 2', null]],
      kinds: ['Contact', 'DistributionList'],
    },
    { step: 'task', due: '2026-12-01', status: ['NotStarted', 'Completed'], complete: true },
    { step: 'end', synced: ['CalendarItem', 'CalendarItem'], trash: ['CalendarItem'], left: 0 },
    { step: 'invited', type: 'MeetingRequest', method: true },
  ]);
});

test('exchangelib invites, answers, changes, calls off, recurs and sees who is busy', async () => {
  await using server = await startEwsServer();
  expect(await run('exchangelib_meetings.py', server.url)).toEqual([
    {
      step: 'invite',
      type: 'MeetingRequest',
      item_class: 'IPM.Schedule.Meeting.Request',
      times: ['2026-10-20T07:00:00+00:00', '2026-10-20T08:00:00+00:00'],
      location: 'Room 1',
      organizer: 'qa@contoso.com',
      attendees: ['dev@contoso.com', 'ops@contoso.com'],
      associated: true,
      attachments: [],
      mine: ['NoResponseReceived', 'Tentative', true],
      sent: ['MeetingRequest'],
      others: 1,
    },
    {
      step: 'answer',
      inbox: 0,
      trash: ['MeetingRequest'],
      mine: ['Accept', 'Busy'],
      theirs: 'Tentative',
      mails: [
        ['MeetingResponse', 'IPM.Schedule.Meeting.Resp.Pos', 'Accepted: Planning', 'Accept'],
        ['MeetingResponse', 'IPM.Schedule.Meeting.Resp.Tent', 'Tentative: Planning', 'Tentative'],
      ],
      noted: ['Accept', 'Tentative'],
    },
    {
      step: 'change',
      type: 'FullUpdate',
      start: '2026-10-20T09:00:00+00:00',
      mine: 'NoResponseReceived',
      cancelled: ['MeetingCancellation', true],
    },
    { step: 'decline', left: 0, noted: ['Decline'], said: 'No time' },
    { step: 'cancel', type: 'MeetingCancellation', said: 'Ill', mine: [true, 'Free'], left: 0 },
    {
      step: 'recur',
      starts: [
        '2026-10-19T07:00:00+00:00',
        '2026-10-22T07:00:00+00:00',
        '2026-10-26T08:00:00+00:00',
        '2026-10-29T08:00:00+00:00',
        '2026-11-02T08:00:00+00:00',
      ],
      types: ['Occurrence', 'RecurringMaster'],
      theirs: true,
      second: true,
      left: 4,
    },
    {
      step: 'free/busy',
      events: [
        [
          ['2026-10-19T09:00:00', 'Tentative'],
          ['2026-10-21T09:00:00', 'Free'],
          ['2026-10-22T09:00:00', 'Tentative'],
        ],
        [['2026-10-20T09:00:00', 'Free']],
      ],
      kinds: ['FreeBusyMerged', 'FreeBusyMerged'],
    },
    { step: 'post', type: 'PostItem', body: 'For all' },
  ]);
});

test('exchangelib changes, answers and calls off occurrences of what recurs', async () => {
  await using server = await startEwsServer();
  expect(await run('exchangelib_occurrences.py', server.url)).toEqual([
    {
      step: 'change',
      view: ['19 09 Row Occurrence', '22 14 Moved Exception', '23 09 Row Exception', '27 09 Row Occurrence'],
      first: [19, 27],
      modified: [
        [21, 22],
        [23, 23],
      ],
      deleted: [25],
      moved: 'As planned',
      attached: [['plan.txt', 'plan']],
      others: [],
    },
    {
      step: 'refuse',
      crossing: 'ErrorOccurrenceCrossingBoundary',
      deleted: 'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
      beyond: 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
    },
    {
      step: 'reset',
      master: 'Row',
      view: ['19', '21', '23', '25', '27'].map((day) => `${day} 10 Row Occurrence`),
      left: [null, null],
    },
    {
      step: 'meet',
      type: 'MeetingRequest',
      occurrence: '20261021T070000Z',
      associated: true,
      theirs: [
        'Room 2',
        'NoResponseReceived',
        '19 09 Daily Occurrence',
        '21 15 Daily Exception',
        '23 09 Daily Occurrence',
        '25 09 Daily Occurrence',
        '27 09 Daily Occurrence',
      ],
    },
    {
      step: 'answer',
      mine: { 19: 'Accept', 21: 'Accept', 23: 'Decline', 25: 'Accept', 27: 'Accept' },
      said: [
        ['Accepted: Daily', null],
        ['Accepted: Daily', '20261021T070000Z'],
        ['Declined: Daily', '20261023T070000Z'],
      ],
      theirs: ['19 09 Daily Occurrence', '21 15 Daily Exception', '25 09 Daily Occurrence', '27 09 Daily Occurrence'],
    },
    {
      step: 'call off',
      mine: ['21 15 Daily Exception', '23 09 Daily Exception', '25 09 Daily Occurrence'],
      mails: [
        ['MeetingCancellation', 'Canceled: Daily', '20261027T080000Z'],
        ['MeetingCancellation', 'Canceled: Daily', '20261019T070000Z'],
      ],
      theirs: [
        '19 09 Canceled: Daily Exception',
        '21 15 Daily Exception',
        '25 09 Daily Occurrence',
        '27 09 Canceled: Daily Exception',
      ],
    },
  ]);
});

test('exchangelib does for mail all that it can', async () => {
  test.setTimeout(120_000);
  await using server = await startEwsServer();
  expect(await run('exchangelib_surface.py', server.url)).toEqual([{ tried: 60, passed: 60 }]);
});

test('exchangelib finds the mailbox by Autodiscover, over SOAP and in plain old XML', async () => {
  await using server = await startEwsServer();
  const found = { address: 'qa@contoso.com', endpoint: server.url, unread: 0 };
  expect(await run('exchangelib_autodiscover.py', server.url)).toEqual([found, found]);
});

function run(name: string, url: string): Promise<unknown[]> {
  return linesOf(python, ['-I', fileURLToPath(new URL(name, import.meta.url)), url]);
}
