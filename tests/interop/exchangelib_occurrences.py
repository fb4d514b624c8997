"""Changes and deletes occurrences with exchangelib: exchangelib_occurrences.py URL. Prints a line of JSON a step."""

import json
import re
import sys

from exchangelib import (
    BASIC, DELEGATE, Account, CalendarItem, Configuration, Credentials, EWSDate, EWSDateTime, EWSTimeZone, FileAttachment
)
from exchangelib.errors import (
    ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange,
    ErrorCalendarOccurrenceIsDeletedFromRecurrence,
    ErrorOccurrenceCrossingBoundary,
)
from exchangelib.items import SEND_ONLY_TO_ALL, SEND_TO_ALL_AND_SAVE_COPY, SEND_TO_NONE
from exchangelib.recurrence import DailyPattern, Recurrence

zone = EWSTimeZone("Europe/Berlin")


def say(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def connect(url, address):
    config = Configuration(service_endpoint=url, credentials=Credentials(address, "secret"), auth_type=BASIC)
    return Account(address, config=config, autodiscover=False, access_type=DELEGATE, default_timezone=zone)


def at(day, hour=0):
    return EWSDateTime(2026, 10, day, hour, tzinfo=zone)


def view(account):
    """Day and hour, subject and kind of all in the calendar."""
    items = account.calendar.view(start=at(19), end=at(30))
    return [f"{item.start.astimezone(zone):%d %H} {item.subject} {item.type}" for item in items]


def occurrence_of(mail):
    """What the calendar in a mail about a meeting says of which occurrence it is."""
    found = re.search(rb"RECURRENCE-ID:(\w+)", mail.mime_content)
    return found and found[1].decode()


def error_of(call, *errors):
    try:
        call()
    except errors as error:
        return type(error).__name__


def series(account, subject, **fields):
    recurrence = Recurrence(pattern=DailyPattern(interval=2), start=EWSDate(2026, 10, 19), number=5)
    item = CalendarItem(
        account=account, folder=account.calendar, start=at(19, 9), end=at(19, 10), subject=subject, recurrence=recurrence,
        **fields,
    )
    item.save(send_meeting_invitations=SEND_ONLY_TO_ALL)
    return account.calendar.get(subject=subject)


def change(qa):
    master = series(qa, "Row", body="As planned")
    second = master.occurrence(index=2)
    second.refresh()
    second.start, second.end, second.subject = at(22, 14), at(22, 15), "Moved"
    second.save(update_fields=["start", "end", "subject"])
    third = master.occurrence(index=3)
    third.refresh()
    third.attach(FileAttachment(name="plan.txt", content=b"plan"))
    master.occurrence(index=4).delete()
    master.refresh()
    third = qa.calendar.get(id=third.id, changekey=third.changekey)
    say(
        "change",
        view=view(qa),
        first=[master.first_occurrence.start.day, master.last_occurrence.start.day],
        modified=[(o.original_start.day, o.start.day) for o in master.modified_occurrences],
        deleted=[o.start.day for o in master.deleted_occurrences],
        moved=qa.calendar.get(id=second.id, changekey=second.changekey).body.strip(),
        attached=[(a.name, a.content.decode()) for a in third.attachments],
        others=master.attachments,
    )


def refuse(qa):
    master = qa.calendar.get(subject="Row")
    first = master.occurrence(index=1)
    first.refresh()
    first.start, first.end = at(22, 16), at(22, 17)
    say(
        "refuse",
        crossing=error_of(lambda: first.save(update_fields=["start", "end"]), ErrorOccurrenceCrossingBoundary),
        deleted=error_of(master.occurrence(index=4).refresh, ErrorCalendarOccurrenceIsDeletedFromRecurrence),
        beyond=error_of(master.occurrence(index=9).refresh, ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange),
    )


def reset(qa):
    master = qa.calendar.get(subject="Row")
    occurrence = qa.calendar.view(start=at(19), end=at(20))[0]
    named = occurrence.recurring_master()
    named.refresh()
    master.start, master.end = at(19, 10), at(19, 11)
    master.save(update_fields=["start", "end"])
    master.refresh()
    say("reset", master=named.subject, view=view(qa), left=[master.modified_occurrences, master.deleted_occurrences])
    master.delete()


def meet(qa, dev):
    master = series(qa, "Daily", required_attendees=["dev@contoso.com"])
    dev.inbox.get(subject="Daily").accept()
    second = master.occurrence(index=2)
    second.refresh()
    second.start, second.end, second.location = at(21, 15), at(21, 16), "Room 2"
    second.save(update_fields=["start", "end", "location"], send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    request = dev.inbox.get(subject="Daily")
    theirs = [item for item in dev.calendar.view(start=at(19), end=at(30))][1]
    say(
        "meet",
        type=type(request).__name__,
        occurrence=occurrence_of(request),
        associated=request.associated_calendar_item_id.id == theirs.id,
        theirs=[theirs.location, theirs.my_response_type, *view(dev)],
    )
    request.accept(body="Fine")


def answer(qa, dev):
    third = qa.calendar.view(start=at(23), end=at(24))[0]
    third.location = "Room 3"
    third.save(update_fields=["location"], send_meeting_invitations=SEND_ONLY_TO_ALL)
    dev.inbox.get(subject="Daily").decline(body="Away")
    mine = {item.start.day: item.required_attendees[0].response_type for item in qa.calendar.view(start=at(19), end=at(30))}
    say(
        "answer",
        mine=mine,
        said=[(item.subject, occurrence_of(item)) for item in qa.inbox.all().order_by("datetime_received")],
        theirs=view(dev),
    )


def call_off(qa, dev):
    first, *_, last = qa.calendar.view(start=at(19), end=at(30))
    last.delete(send_meeting_cancellations=SEND_TO_ALL_AND_SAVE_COPY)
    first.cancel(body="Ill")
    mails = [(type(item).__name__, item.subject, occurrence_of(item)) for item in dev.inbox.all().order_by("datetime_received")]
    say("call off", mine=view(qa), mails=mails, theirs=view(dev))


def main():
    qa, dev = (connect(sys.argv[1], f"{name}@contoso.com") for name in ("qa", "dev"))
    change(qa)
    refuse(qa)
    reset(qa)
    for step in (meet, answer, call_off):
        step(qa, dev)


main()
