"""Holds meetings with exchangelib, between three mailboxes: exchangelib_meetings.py URL. Prints a line of JSON a step."""

import json
import sys

from exchangelib import BASIC, DELEGATE, Account, CalendarItem, Configuration, Credentials, EWSDate, EWSDateTime, EWSTimeZone
from exchangelib.items import SEND_ONLY_TO_ALL, SEND_TO_ALL_AND_SAVE_COPY, PostItem
from exchangelib.recurrence import Recurrence, WeeklyPattern

zone = EWSTimeZone("Europe/Berlin")


def say(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def connect(url, address):
    credentials = Credentials(address, "secret")
    config = Configuration(service_endpoint=url, credentials=credentials, auth_type=BASIC)
    return Account(address, config=config, autodiscover=False, access_type=DELEGATE, default_timezone=zone)


def at(month, day, hour=0):
    return EWSDateTime(2026, month, day, hour, tzinfo=zone)


def only(folder, **filters):
    return folder.get(**filters)


def invite(qa, dev, ops):
    CalendarItem(
        account=qa,
        folder=qa.calendar,
        start=at(10, 20, 9),
        end=at(10, 20, 10),
        subject="Planning",
        body="Bring ideas",
        location="Room 1",
        required_attendees=["dev@contoso.com"],
        optional_attendees=["ops@contoso.com"],
    ).save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    request = only(dev.inbox, subject="Planning")
    mine = only(dev.calendar, subject="Planning")
    say(
        "invite",
        type=type(request).__name__,
        item_class=request.item_class,
        times=[request.start.isoformat(), request.end.isoformat()],
        location=request.location,
        organizer=request.organizer.email_address,
        attendees=[a.mailbox.email_address for a in request.required_attendees + request.optional_attendees],
        associated=request.associated_calendar_item_id.id == mine.id,
        attachments=request.attachments,
        mine=[mine.my_response_type, mine.legacy_free_busy_status, mine.is_meeting],
        sent=[type(item).__name__ for item in qa.sent.all()],
        others=ops.calendar.all().count(),
    )


def answer(qa, dev, ops):
    only(dev.inbox, subject="Planning").accept(body="Gladly")
    only(ops.inbox, subject="Planning").tentatively_accept()
    planning = only(qa.calendar, subject="Planning")
    mine = only(dev.calendar, subject="Planning")
    say(
        "answer",
        inbox=dev.inbox.all().count(),
        trash=[type(item).__name__ for item in dev.trash.all()],
        mine=[mine.my_response_type, mine.legacy_free_busy_status],
        theirs=only(ops.calendar, subject="Planning").legacy_free_busy_status,
        mails=sorted((type(item).__name__, item.item_class, item.subject, item.response_type) for item in qa.inbox.all()),
        noted=[a.response_type for a in planning.required_attendees + planning.optional_attendees],
    )


def change(qa, dev, ops):
    planning = only(qa.calendar, subject="Planning")
    planning.start = at(10, 20, 11)
    planning.end = at(10, 20, 12)
    planning.optional_attendees = []
    planning.save(
        update_fields=["start", "end", "optional_attendees"], send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY
    )
    request = only(dev.inbox, subject="Planning")
    mine = only(dev.calendar, subject="Planning")
    cancelled = only(ops.inbox, subject="Canceled: Planning")
    say(
        "change",
        type=request.meeting_request_type,
        start=mine.start.isoformat(),
        mine=mine.my_response_type,
        cancelled=[type(cancelled).__name__, only(ops.calendar, subject__contains="Planning").is_cancelled],
    )
    request.decline(body="No time")
    say(
        "decline",
        left=dev.calendar.all().count(),
        noted=[a.response_type for a in only(qa.calendar, subject="Planning").required_attendees],
        said=only(qa.inbox, subject="Declined: Planning").text_body.strip(),
    )


def cancel(qa, dev, ops):
    item = CalendarItem(
        account=qa, folder=qa.calendar, start=at(10, 21, 9), end=at(10, 21, 10), subject="Review",
        required_attendees=["dev@contoso.com"],
    )
    item.save(send_meeting_invitations=SEND_ONLY_TO_ALL)
    only(dev.inbox, subject="Review").accept()
    only(qa.calendar, subject="Review").cancel(body="Ill")
    mail = only(dev.inbox, subject="Canceled: Review")
    mine = only(dev.calendar, subject="Canceled: Review")
    say(
        "cancel",
        type=type(mail).__name__,
        said=mail.text_body.strip(),
        mine=[mine.is_cancelled, mine.legacy_free_busy_status],
        left=qa.calendar.filter(subject="Review").count(),
    )


def recur(qa, dev, ops):
    pattern = WeeklyPattern(interval=1, weekdays=["Monday", "Thursday"])
    recurrence = Recurrence(pattern=pattern, start=EWSDate(2026, 10, 19), end=EWSDate(2026, 11, 2))
    CalendarItem(
        account=qa, folder=qa.calendar, start=at(10, 19, 9), end=at(10, 19, 10), subject="Weekly",
        recurrence=recurrence, required_attendees=["dev@contoso.com"],
    ).save(send_meeting_invitations=SEND_ONLY_TO_ALL)
    first, last = at(10, 19), at(11, 10)
    mine = [item for item in qa.calendar.view(start=first, end=last) if item.subject == "Weekly"]
    theirs = [item for item in dev.calendar.view(start=first, end=last) if item.subject == "Weekly"]
    master = only(qa.calendar, subject="Weekly")
    second = qa.calendar.get(id=mine[1].id, changekey=mine[1].changekey)
    indexed = master.occurrence(index=3)
    mine[1].delete(send_meeting_cancellations="SendToNone")
    left = [item.start for item in qa.calendar.view(start=first, end=last) if item.subject == "Weekly"]
    say(
        "recur",
        starts=[item.start.isoformat() for item in mine],
        types=sorted({item.type for item in mine}) + [master.type],
        theirs=[item.start.isoformat() for item in theirs] == [item.start.isoformat() for item in mine],
        second=second.start == mine[1].start,
        left=len(left),
    )


def free_busy(qa, dev, ops):
    start, end = at(10, 19), at(10, 23)
    shown = list(qa.protocol.get_free_busy_info([(dev, "Required", False), (ops, "Optional", True)], start=start, end=end))
    say(
        "free/busy",
        events=[[(event.start.isoformat(), event.busy_type) for event in info.calendar_events or []] for info in shown],
        kinds=[info.view_type for info in shown],
    )


def post(qa, dev, ops):
    PostItem(account=qa, folder=qa.inbox, subject="A note", body="For all").save()
    item = only(qa.inbox, subject="A note")
    say("post", type=type(item).__name__, body=item.text_body.strip())


def main():
    accounts = [connect(sys.argv[1], f"{name}@contoso.com") for name in ("qa", "dev", "ops")]
    for step in (invite, answer, change, cancel, recur, free_busy, post):
        step(*accounts)


main()
