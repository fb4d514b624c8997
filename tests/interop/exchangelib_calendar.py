"""Keeps appointments, contacts and tasks with exchangelib: exchangelib_calendar.py URL. Prints a line of JSON a step."""

import json
import sys
from decimal import Decimal

from exchangelib import (
    BASIC,
    DELEGATE,
    Account,
    CalendarItem,
    Configuration,
    Contact,
    Credentials,
    DistributionList,
    EWSDate,
    EWSDateTime,
    EWSTimeZone,
    Task,
)
from exchangelib.indexed_properties import EmailAddress, PhysicalAddress
from exchangelib.items import SEND_TO_ALL_AND_SAVE_COPY, SEND_TO_NONE
from exchangelib.recurrence import Recurrence, WeeklyPattern

zone = EWSTimeZone("Europe/Berlin")


def say(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def connect(url, address):
    credentials = Credentials(address, "secret")
    config = Configuration(service_endpoint=url, credentials=credentials, auth_type=BASIC)
    return Account(address, config=config, autodiscover=False, access_type=DELEGATE)


def at(day, hour=0, minute=0):
    return EWSDateTime(2026, 11, day, hour, minute, tzinfo=zone)


def appoint(account):
    CalendarItem(
        account=account,
        folder=account.calendar,
        start=at(20, 9, 30),
        end=at(20, 10, 30),
        subject="Stand-up",
        body="Every day",
        location="Room 1",
        categories=["Work"],
        required_attendees=["dev@contoso.com"],
    ).save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    item = account.calendar.get(subject="Stand-up")
    say(
        "appoint",
        start=item.start.isoformat(),
        location=item.location,
        organizer=item.organizer.email_address,
        attendees=[attendee.mailbox.email_address for attendee in item.required_attendees],
        meeting=item.is_meeting,
    )


def view(account):
    def days(first, last):
        return [item.subject for item in account.calendar.view(start=at(first), end=at(last))]

    filtered = account.calendar.filter(start__lt=at(20, 10), end__gt=at(20, 10))
    say("view", that_day=days(20, 21), next_day=days(21, 22), filtered=[item.subject for item in filtered])


def move(account):
    item = account.calendar.get(subject="Stand-up")
    item.location = "Room 2"
    item.end = at(20, 11)
    item.save(update_fields=["location", "end"])
    item = account.calendar.get(subject="Stand-up")
    say("move", location=item.location, duration=item.duration)


def recur(account):
    pattern = WeeklyPattern(interval=1, weekdays=["Monday"])
    recurrence = Recurrence(pattern=pattern, start=EWSDate(2026, 11, 23), number=5)
    CalendarItem(
        account=account, folder=account.calendar, start=at(23, 9), end=at(23, 10), subject="Weekly", recurrence=recurrence
    ).save()
    item = account.calendar.get(subject="Weekly")
    say("recur", type=item.type, number=item.recurrence.boundary.number)


def contact(account):
    Contact(
        account=account,
        folder=account.contacts,
        given_name="Qa",
        display_name="Qa Person",
        email_addresses=[EmailAddress(label="EmailAddress1", email="qa@contoso.com")],
        physical_addresses=[PhysicalAddress(label="Home", street="Street 1", city="Berlin")],
    ).save()
    person = account.contacts.get(display_name="Qa Person")
    person.job_title = "Tester"
    person.email_addresses.append(EmailAddress(label="EmailAddress2", email="two@contoso.com"))
    person.physical_addresses = [PhysicalAddress(label="Home", street="Street 2")]
    person.save()
    person = account.contacts.get(display_name="Qa Person")
    DistributionList(account=account, folder=account.contacts, display_name="Team").save()
    say(
        "contact",
        title=person.job_title,
        emails=[address.email for address in person.email_addresses],
        home=[(address.street, address.city) for address in person.physical_addresses],
        kinds=sorted(type(item).__name__ for item in account.contacts.all()),
    )


def task(account):
    Task(account=account, folder=account.tasks, subject="Do", due_date=EWSDate(2026, 12, 1)).save()
    item = account.tasks.get(subject="Do")
    status = item.status
    item.percent_complete = Decimal(100)
    item.status = "Completed"
    item.save(update_fields=["status", "percent_complete"])
    done = account.tasks.get(subject="Do")
    say("task", due=done.due_date.isoformat(), status=[status, done.status], complete=done.is_complete)


def end(account):
    synced = [type(item).__name__ for _, item in account.calendar.sync_items()]
    account.calendar.get(subject="Weekly").move_to_trash()
    account.calendar.get(subject="Stand-up").delete(send_meeting_cancellations=SEND_TO_NONE)
    left = account.calendar.all().count()
    say("end", synced=synced, trash=[type(item).__name__ for item in account.trash.all()], left=left)


def invited(account):
    mail = account.inbox.get(subject="Stand-up")
    say("invited", type=type(mail).__name__, method=b"METHOD:REQUEST" in mail.mime_content)


def main():
    account = connect(sys.argv[1], "qa@contoso.com")
    for step in (appoint, view, move, recur, contact, task, end):
        step(account)
    invited(connect(sys.argv[1], "dev@contoso.com"))


main()
