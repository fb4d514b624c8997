"""Tries all that exchangelib does for mail: exchangelib_surface.py URL. Prints a line of JSON an operation: whether it passed."""

import io
import json
import sys
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from exchangelib import (
    BASIC, DELEGATE, IMPERSONATION, Account, Body, Configuration, Contact, Credentials, DistributionList, DLMailbox,
    EWSDateTime, EWSTimeZone, ExtendedProperty, FileAttachment, Folder, HTMLBody, ItemAttachment, Mailbox, Message,
    OofSettings, Q, Task,
)
from exchangelib.errors import (
    DoesNotExist, ErrorAccessDenied, ErrorItemNotFound, ErrorInvalidWatermark,
    ErrorNameResolutionNoResults, ErrorSubscriptionNotFound, MultipleObjectsReturned,
)
from exchangelib.indexed_properties import EmailAddress
from exchangelib.items import HARD_DELETE, MOVE_TO_DELETED_ITEMS, SAVE_ONLY, SEND_AND_SAVE_COPY, SOFT_DELETE
from exchangelib.properties import AlternateId, DistinguishedFolderId, EWS_ID, HEX_ENTRY_ID, ItemId, Member
from exchangelib.services import SendNotification

url = sys.argv[1]
utc = EWSTimeZone("UTC")


def connect(address, access_type=DELEGATE, user=None):
    config = Configuration(service_endpoint=url, credentials=Credentials(user or address, "secret"), auth_type=BASIC)
    return Account(address, config=config, autodiscover=False, access_type=access_type)


qa = connect("qa@contoso.com")


class Ticket(ExtendedProperty):
    property_set_id = "c11ff724-aa03-4555-9952-8fa248a11c3e"
    property_name = "Ticket"
    property_type = "String"


Message.register("ticket", Ticket)
passed = []


def tries(operation):
    """Runs the function at once: it passes where it gives something true."""

    def run(function):
        try:
            result = function()
            error = None if result else f"gave {result!r}"
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        passed.append(error is None)
        if error is not None:
            print(json.dumps({"operation": operation, "error": error[:300]}), flush=True)
        return function

    return run


def raises(error, call):
    try:
        call()
    except error:
        return True
    return False


def has_no_archive(call):
    """exchangelib has no class for this error."""
    try:
        result = call()
        return "ErrorArchiveMailboxNotEnabled" in str(result)
    except Exception as error:
        return "ErrorArchiveMailboxNotEnabled" in str(error)


def draft(subject, **fields):
    return Message(account=qa, folder=qa.drafts, subject=subject, body=fields.pop("body", f"Body of {subject}"), **fields)


def subjects(query):
    return sorted(item.subject for item in query)


def error_names(results):
    return [type(result).__name__ for result in results]


# Many at a time

@tries("Account.bulk_create")
def _():
    ids = qa.bulk_create(qa.drafts, [draft(f"Bulk {number}", ticket=str(number)) for number in range(12)], chunk_size=5)
    return len(ids) == 12 and qa.drafts.filter(subject__startswith="Bulk").count() == 12


@tries("Account.fetch")
def _():
    ids = [(item.id, item.changekey) for item in qa.drafts.filter(subject__startswith="Bulk").only("id", "changekey")]
    items = list(qa.fetch(ids, chunk_size=4))
    return len(items) == 12 and all(item.ticket is not None for item in items)


@tries("Account.fetch, some of the fields")
def _():
    first = qa.drafts.filter(subject="Bulk 1").only("id", "changekey")[0]
    (item,) = qa.fetch([first], only_fields=["subject"])
    return item.subject == "Bulk 1" and item.body is None


@tries("Account.fetch, one that is gone among others")
def _():
    first, second = qa.drafts.filter(subject__in=["Bulk 1", "Bulk 2"])
    gone = ItemId(id=second.id[:-2] + "AA", changekey=second.changekey)
    found = list(qa.fetch([first, gone]))
    return found[0].subject == first.subject and isinstance(found[1], ErrorItemNotFound)


@tries("Account.bulk_update")
def _():
    items = list(qa.drafts.filter(subject__startswith="Bulk"))
    for item in items:
        item.subject = item.subject.replace("Bulk", "Many")
        item.categories = ["Bulk"]
    ids = qa.bulk_update([(item, ["subject", "categories"]) for item in items], chunk_size=5)
    return len(ids) == 12 and qa.drafts.filter(categories__contains=["Bulk"]).count() == 12


@tries("Account.bulk_copy")
def _():
    return len(qa.bulk_copy(qa.drafts.filter(subject__startswith="Many"), to_folder=qa.junk)) == 12 and qa.junk.all().count() == 12


@tries("Account.bulk_move")
def _():
    qa.bulk_move(qa.junk.all(), to_folder=qa.trash, chunk_size=7)
    return (qa.junk.all().count(), qa.trash.all().count()) == (0, 12)


@tries("Account.bulk_delete")
def _():
    results = qa.bulk_delete(qa.trash.all(), delete_type=HARD_DELETE)
    return results == [True] * 12 and qa.trash.all().count() == 0


@tries("Account.bulk_delete, softly")
def _():
    results = qa.bulk_delete(qa.drafts.filter(subject="Many 11"), delete_type=SOFT_DELETE)
    return results == [True] and qa.drafts.filter(subject="Many 11").count() == 0


@tries("Account.bulk_archive, without an archive")
def _():
    return has_no_archive(lambda: list(qa.bulk_archive(qa.drafts.filter(subject="Many 1"), to_folder=qa.inbox)))


@tries("Account.bulk_mark_as_junk")
def _():
    qa.bulk_mark_as_junk(qa.drafts.filter(subject="Many 1"), is_junk=True, move_item=True)
    moved = subjects(qa.junk.all())
    qa.bulk_mark_as_junk(qa.junk.all(), is_junk=False, move_item=True)
    return moved == ["Many 1"] and subjects(qa.inbox.all()) == ["Many 1"]


@tries("Account.bulk_send")
def _():
    qa.bulk_create(qa.drafts, [draft(f"Sent {number}", to_recipients=["dev@contoso.com"]) for number in range(3)])
    qa.bulk_send(qa.drafts.filter(subject__startswith="Sent"), save_copy=True)
    return subjects(connect("dev@contoso.com").inbox.all()) == ["Sent 0", "Sent 1", "Sent 2"] == subjects(qa.sent.all())


@tries("Account.bulk_create, sent and copied")
def _():
    items = [draft("Sent at once", to_recipients=["dev@contoso.com"])]
    qa.bulk_create(qa.sent, items, message_disposition=SEND_AND_SAVE_COPY)
    return qa.sent.filter(subject="Sent at once").count() == 1


@tries("Account.export and Account.upload")
def _():
    item = qa.drafts.get(subject="Many 2")
    (data,) = qa.export([item])
    (new,) = qa.upload([(qa.junk, data)])
    again = qa.junk.get(subject="Many 2")
    return again.id == new[0] != item.id and again.ticket == item.ticket and again.categories == ["Bulk"]


@tries("Account.upload over an item")
def _():
    item = qa.junk.get(subject="Many 2")
    (data,) = qa.export([item])
    qa.upload([(qa.junk, ((item.id, item.changekey), False, data))])
    return qa.junk.filter(subject="Many 2").count() == 1


@tries("Account.upload of what is no item")
def _():
    return error_names(qa.upload([(qa.junk, "bm8=")])) == ["ErrorCorruptData"]


# Search

@tries("QuerySet.filter by all comparisons")
def _():
    received = qa.drafts.get(subject="Many 3").datetime_received
    drafts, earlier, later = qa.drafts, received - timedelta(days=1), received + timedelta(days=1)
    return all(
        [
            drafts.filter(subject="many 3").count() == 1,
            drafts.filter(subject__exact="Many 3").count() == 1,
            drafts.filter(subject__iexact="mANY 3").count() == 1,
            drafts.filter(subject__contains="any").count() == drafts.filter(subject__icontains="ANY").count() == 10,
            drafts.filter(subject__startswith="Many").count() == drafts.filter(subject__istartswith="mANY").count() == 10,
            drafts.filter(subject__in=["Many 3", "Many 4"]).count() == 2,
            drafts.filter(subject__not="Many 3").count() == 9,
            drafts.filter(datetime_received__range=(earlier, later)).count() == 10,
            drafts.filter(datetime_received__gt=earlier, datetime_received__lt=later).count() == 10,
            drafts.filter(datetime_received__gte=later).count() == drafts.filter(datetime_received__lte=earlier).count() == 0,
            drafts.filter(subject__exists=True).count() == 10,
            drafts.filter(in_reply_to__exists=True).count() == 0,
            drafts.filter(ticket="3").count() == 1,
            drafts.filter(ticket__exists=True).count() == 10,
            drafts.filter(categories__contains=["Bulk", "None"]).count() == 0,
            drafts.filter(body__contains="Body of Bulk 3").count() == 1,
            drafts.filter(is_read=False, importance="Normal", size__gt=1).count() == 10,
        ]
    )


@tries("Q: and, or, not, nested")
def _():
    three, four = Q(subject="Many 3"), Q(subject="Many 4")
    rest = ~Q(subject__in=["Many 3", "Many 4"])
    return all(
        [
            subjects(qa.drafts.filter(three | four)) == ["Many 3", "Many 4"],
            qa.drafts.filter(three & four).count() == 0,
            qa.drafts.filter(rest).count() == 8,
            qa.drafts.filter(~(three | four) & Q(is_draft=True)).count() == 8,
            qa.drafts.filter((three | four) & ~three).count() == 1,
        ]
    )


@tries("QuerySet.exclude")
def _():
    return qa.drafts.exclude(subject="Many 3").count() == 9


@tries("QuerySet.filter by a query string")
def _():
    return subjects(qa.drafts.filter('subject:"many 3" OR "body of bulk 4"')) == ["Many 3", "Many 4"]


@tries("QuerySet.order_by, of several fields, and reverse")
def _():
    ordered = list(qa.drafts.all().order_by("-importance", "-subject").values_list("subject", flat=True))
    return ordered[0] == "Many 9" and list(qa.drafts.all().order_by("subject").reverse().values_list("subject", flat=True)) == ordered


@tries("QuerySet.only, values and values_list")
def _():
    query = qa.drafts.filter(subject="Many 3")
    (item,), (values,), (row,) = query.only("subject"), query.values("subject", "ticket"), query.values_list("subject", "is_read")
    return item.body is None and values == {"subject": "Many 3", "ticket": "3"} and row == ("Many 3", False)


@tries("QuerySet.get, count, exists, none and slices")
def _():
    query = qa.drafts.all().order_by("subject")
    return all(
        [
            raises(DoesNotExist, lambda: query.get(subject="x")),
            raises(MultipleObjectsReturned, query.get),
            qa.drafts.all().exists() and not qa.drafts.filter(subject="x").exists(),
            qa.drafts.none().count() == 0,
            [item.subject for item in query[1:3]] == ["Many 10", "Many 2"],
            query[0].subject == "Many 0",
        ]
    )


@tries("QuerySet with pages")
def _():
    query = qa.drafts.all().order_by("subject")
    query.page_size = 3
    return len(list(query)) == 10


@tries("FolderCollection over several folders")
def _():
    return (qa.drafts.parent / "Drafts").all().count() == 10 and qa.root.glob("**/Junk*").filter(subject="Many 2").count() == 1


@tries("QuerySet.copy, move, mark_as_junk, send, archive and delete")
def _():
    qa.drafts.filter(subject="Many 4").copy(to_folder=qa.junk)
    qa.junk.filter(subject="Many 4").move(to_folder=qa.trash)
    qa.trash.filter(subject="Many 4").mark_as_junk(is_junk=True, move_item=True)
    refused = has_no_archive(lambda: list(qa.junk.filter(subject="Many 4").archive(to_folder=qa.inbox)))
    draft("By query", to_recipients=["dev@contoso.com"]).save()
    qa.drafts.filter(subject="By query").send()
    qa.junk.filter(subject="Many 4").delete()
    return refused and qa.sent.filter(subject="By query").exists() and not qa.junk.filter(subject="Many 4").exists()


# One item

@tries("Item.save, refresh and save again")
def _():
    item = draft("One", importance="High", sensitivity="Private", to_recipients=[Mailbox(name="Dev", email_address="dev@contoso.com")])
    item.save()
    item.refresh()
    item.body = HTMLBody("<b>New</b>")
    item.cc_recipients = ["qa@contoso.com"]
    item.save()
    item.refresh()
    return (item.importance, item.sensitivity, str(item.body).strip(), item.cc_recipients[0].email_address) == ("High", "Private", "<b>New</b>", "qa@contoso.com")


@tries("Item.save of given fields, and taking one away")
def _():
    item = qa.drafts.get(subject="One")
    item.categories, item.ticket = ["A", "B"], "7"
    item.save(update_fields=["categories", "ticket"])
    item.ticket = item.categories = None
    item.save(update_fields=["ticket", "categories"])
    item.refresh()
    return item.ticket is None and item.categories is None


@tries("Item.copy, move, move_to_trash, soft_delete and delete")
def _():
    item = qa.drafts.get(subject="One")
    copied = item.copy(to_folder=qa.junk)
    moved = qa.junk.get(subject="One")
    moved.move(to_folder=qa.inbox)
    moved.move_to_trash()
    there = qa.trash.get(subject="One")
    there.soft_delete()
    item.delete()
    return copied[0] != item.id and not qa.drafts.filter(subject="One").exists() and not qa.trash.filter(subject="One").exists()


@tries("Message.mark_as_junk")
def _():
    item = draft("Spam")
    item.save()
    item.mark_as_junk(is_junk=True, move_item=True)
    return qa.junk.filter(subject="Spam").exists()


@tries("Item.archive, without an archive")
def _():
    return has_no_archive(lambda: qa.junk.get(subject="Spam").archive(to_folder=qa.inbox))


@tries("Message.send, send_and_save, and sending a draft")
def _():
    Message(account=qa, subject="Direct", body="x", to_recipients=["dev@contoso.com"]).send()
    Message(account=qa, subject="Saved", body="x", cc_recipients=["dev@contoso.com"]).send_and_save()
    kept = draft("Drafted", bcc_recipients=["dev@contoso.com"])
    kept.save()
    kept.send(copy_to_folder=qa.junk)
    dev = connect("dev@contoso.com")
    got = subjects(dev.inbox.filter(subject__in=["Direct", "Saved", "Drafted"]))
    return got == ["Direct", "Drafted", "Saved"] and qa.junk.filter(subject="Drafted").exists() and not qa.sent.filter(subject="Drafted").exists()


@tries("Message.reply, reply_all, forward and their drafts")
def _():
    dev = connect("dev@contoso.com")
    item = dev.inbox.get(subject="Saved")
    item.reply("RE: Saved", "Thanks", cc_recipients=["dev@contoso.com"])
    item.reply_all("RE: all", HTMLBody("<p>All</p>"))
    item.forward("FW: Saved", "See", to_recipients=["qa@contoso.com"])
    kept = item.create_forward("FW: kept", "See", to_recipients=["qa@contoso.com"]).save(dev.drafts)
    dev.drafts.get(id=kept.id, changekey=kept.changekey).send()
    return subjects(qa.inbox.filter(subject__contains=":")) == ["FW: Saved", "FW: kept", "RE: Saved", "RE: all"]


@tries("Message.headers, message_id, conversation, mime_content")
def _():
    item = qa.inbox.get(subject="RE: Saved")
    original = connect("dev@contoso.com").inbox.get(subject="Saved")
    names = {header.name for header in item.headers}
    return "Received" in names and item.in_reply_to == original.message_id and item.conversation_id.id == original.conversation_id.id and item.mime_content


@tries("Message from MIME")
def _():
    source = b"From: a@contoso.com\r\nTo: qa@contoso.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n"
    Message(account=qa, folder=qa.junk, mime_content=source).save()
    return qa.junk.get(subject="Grüße").sender.email_address == "a@contoso.com"


# Attachments

@tries("FileAttachment: attached, read, streamed, detached")
def _():
    item = draft("Files")
    item.attach([FileAttachment(name="a.bin", content=b"a" * 300_000), FileAttachment(name="i.png", content=b"png", is_inline=True, content_id="i@1")])
    item.save()
    item.attach(FileAttachment(name="late.txt", content=b"late"))
    item.refresh()
    big, inline, late = sorted(item.attachments, key=lambda attachment: attachment.name)
    with big.fp as stream:
        octets = stream.read()
    facts = (len(octets), inline.is_inline, inline.content_id, late.content)
    item.detach(late)
    item.refresh()
    return facts == (300_000, True, "i@1", b"late") and len(item.attachments) == 2


@tries("ItemAttachment: a message with an attachment, a contact, an appointment")
def _():
    inner = Message(account=qa, subject="Inner", body="inside", attachments=[FileAttachment(name="deep.txt", content=b"deep")])
    item = draft("Items")
    item.attach(ItemAttachment(name="Inner", item=inner))
    item.save()
    item.refresh()
    (attached,) = item.attachments
    return attached.item.subject == "Inner" and attached.item.body.strip() == "inside"


# Folders

@tries("Folder: save, rename, move, copy of items, empty, wipe, delete")
def _():
    top = Folder(parent=qa.inbox, name="Top")
    top.save()
    sub = Folder(parent=top, name="Sub")
    sub.save()
    qa.bulk_create(sub, [Message(account=qa, folder=sub, subject="In sub")])
    top.name = "Renamed"
    top.save()
    sub.refresh()
    full = (sub.total_count, [folder.name for folder in top.children])
    sub.empty()
    sub.refresh()
    emptied = sub.total_count
    qa.bulk_create(sub, [Message(account=qa, folder=sub, subject="In sub")])
    sub.move(qa.drafts)
    sub.wipe()
    sub.refresh()
    moved = (sub.parent.name, sub.total_count)
    top.empty(delete_sub_folders=True)
    top.delete()
    sub.delete()
    return full == (1, ["Sub"]) and emptied == 0 and moved == ("Drafts", 0) and not [f for f in qa.inbox.children if f.name == "Renamed"]


@tries("Folder: walk, glob, tree, parts, paths, access")
def _():
    return all(
        [
            qa.root.test_access(),
            qa.inbox in list(qa.root.walk()),
            "Inbox" in qa.root.tree(),
            (qa.msg_folder_root / "Inbox") == qa.inbox,
            [part.name for part in qa.inbox.parts][-1] == "Inbox",
            qa.inbox.absolute.endswith("/Inbox"),
            [folder.name for folder in qa.msg_folder_root.glob("In*")] == ["Inbox"],
            qa.inbox.parent == qa.msg_folder_root,
        ]
    )


@tries("Folder: every one that a mailbox has")
def _():
    names = "calendar contacts conflicts conversation_history drafts im_contact_list inbox journal junk local_failures"
    more = "msg_folder_root notes outbox quick_contacts recipient_cache recoverable_items_deletions recoverable_items_purges"
    rest = "recoverable_items_root recoverable_items_versions search_folders sent server_failures sync_issues tasks todo_search trash"
    return all(getattr(qa, name).id for name in f"{names} {more} {rest}".split())


@tries("Folder: sync_hierarchy")
def _():
    list(qa.root.sync_hierarchy())
    folder = Folder(parent=qa.inbox, name="Synced")
    folder.save()
    created = [(kind, f.name) for kind, f in qa.root.sync_hierarchy()]
    folder.delete()
    return created == [("create", "Synced")] and [kind for kind, _ in qa.root.sync_hierarchy()] == ["delete"]


@tries("Folder: sync_items, created, changed, read and deleted")
def _():
    list(qa.junk.sync_items())
    one, other = (Message(account=qa, folder=qa.junk, subject=name) for name in ("Sync 1", "Sync 2"))
    one.save(), other.save()
    created = sorted(kind for kind, _ in qa.junk.sync_items(max_changes_returned=1))
    one.subject = "Sync one"
    one.save(update_fields=["subject"])
    other.is_read = True
    other.save(update_fields=["is_read"])
    changed = sorted(kind for kind, _ in qa.junk.sync_items())
    one.delete(), other.delete()
    return (created, changed) == (["create", "create"], ["read_flag_change", "update"]) and [k for k, _ in qa.junk.sync_items()] == ["delete", "delete"]


@tries("Folder: user configurations")
def _():
    qa.inbox.create_user_configuration(name="Mine", dictionary={"a": "1", "b": True, "c": 5}, xml_data=b"<x/>", binary_data=b"\0")
    first = qa.inbox.get_user_configuration(name="Mine")
    qa.inbox.update_user_configuration(name="Mine", dictionary={"a": "2"})
    second = qa.inbox.get_user_configuration(name="Mine")
    qa.inbox.delete_user_configuration(name="Mine")
    gone = raises(ErrorItemNotFound, lambda: qa.inbox.get_user_configuration(name="Mine"))
    return first.dictionary == {"a": "1", "b": True, "c": 5} and first.xml_data == b"<x/>" and second.dictionary == {"a": "2"} and gone


# Notifications

def send_to_self(subject):
    Message(account=qa, subject=subject, body="x", to_recipients=["qa@contoso.com"]).send()


@tries("Pull: pull_subscription, get_events")
def _():
    with qa.inbox.pull_subscription() as (subscription, watermark):
        send_to_self("Pulled")
        (notification,) = qa.inbox.get_events(subscription, watermark)
        kinds = sorted(type(event).__name__ for event in notification.events)
        last = [event.watermark for event in notification.events][-1]
        (quiet,) = qa.inbox.get_events(subscription, last)
        wrong = raises(ErrorInvalidWatermark, lambda: list(qa.inbox.get_events(subscription, "AAAA")))
    over = raises(ErrorSubscriptionNotFound, lambda: list(qa.inbox.get_events(subscription, last)))
    return kinds == ["CreatedEvent", "NewMailEvent"] and [type(e).__name__ for e in quiet.events] == ["StatusEvent"] and wrong and over


@tries("Pull: a whole mailbox, and further from a watermark")
def _():
    subscription, watermark = qa.root.subscribe_to_pull(event_types=["NewMailEvent"], timeout=5)
    again, further = qa.inbox.subscribe_to_pull(event_types=["NewMailEvent"], watermark=watermark)
    send_to_self("Further")
    (notification,) = qa.inbox.get_events(again, further)
    qa.inbox.unsubscribe(subscription), qa.inbox.unsubscribe(again)
    return len(notification.events) == 1


@tries("Streaming: streaming_subscription, get_streaming_events")
def _():
    with qa.inbox.streaming_subscription() as subscription:
        send_to_self("Streamed")
        (notification,) = qa.inbox.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1)
    return notification.subscription_id == subscription and len(notification.events) == 2


@tries("Push: push_subscription, SendNotification")
def _():
    told, enough = [], threading.Event()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service = SendNotification(protocol=None)
            told.extend(event for n in service.parse(body) for event in n.events)
            is_enough = any(type(event).__name__ == "NewMailEvent" for event in told)
            answer = service.unsubscribe_payload() if is_enough else service.ok_payload()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(answer)
            if is_enough:
                enough.set()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    subscription, _watermark = qa.inbox.subscribe_to_push(f"http://127.0.0.1:{server.server_port}/")
    send_to_self("Pushed")
    came = enough.wait(20)
    server.shutdown()
    return came and type(told[0]).__name__ == "StatusEvent"


# The mailbox

@tries("Account.oof_settings")
def _():
    start, end = EWSDateTime(2030, 1, 1, tzinfo=utc), EWSDateTime(2030, 1, 8, tzinfo=utc)
    qa.oof_settings = OofSettings(state=OofSettings.SCHEDULED, external_audience="All", internal_reply="in", external_reply="out", start=start, end=end)
    found = qa.oof_settings
    return (found.state, found.internal_reply, found.external_reply, found.start, found.end) == ("Scheduled", "in", "out", start, end)


@tries("Account.mail_tips and Account.delegates")
def _():
    return qa.mail_tips.recipient_address.email_address == "qa@contoso.com" and qa.delegates == []


@tries("Impersonation, and another's mailbox as a delegate")
def _():
    other, delegate = connect("dev@contoso.com", IMPERSONATION, "qa@contoso.com"), connect("dev@contoso.com", DELEGATE, "qa@contoso.com")
    return subjects(other.inbox.all()) == subjects(delegate.inbox.all()) != subjects(qa.inbox.all())


@tries("Protocol.get_timezones, all and some in full")
def _():
    some = list(qa.protocol.get_timezones(timezones=[EWSTimeZone("Europe/Berlin")], return_full_timezone_data=True))
    return len(list(qa.protocol.get_timezones())) > 5 and [zone.id for zone in some] == ["W. Europe Standard Time"]


@tries("Protocol.get_free_busy_info")
def _():
    start = EWSDateTime(2026, 11, 2, tzinfo=utc)
    (info,) = qa.protocol.get_free_busy_info([(qa, "Organizer", False)], start=start, end=start + timedelta(days=1))
    return info.view_type in ("DetailedMerged", "FreeBusyMerged") and len(info.merged) == 48


@tries("Protocol.get_roomlists and get_rooms")
def _():
    return list(qa.protocol.get_roomlists()) == [] and raises(ErrorNameResolutionNoResults, lambda: list(qa.protocol.get_rooms("rooms@contoso.com")))


@tries("Protocol.resolve_names, with contacts' data, and of nobody")
def _():
    plain = qa.protocol.resolve_names(["dev"])
    ((mailbox, contact),) = qa.protocol.resolve_names(["dev@contoso.com"], return_full_contact_data=True)
    nobody = error_names(qa.protocol.resolve_names(["nobody"]))
    return plain[0].email_address == mailbox.email_address == "dev@contoso.com" and contact.display_name == "dev" and nobody == ["ErrorNameResolutionNoResults"]


@tries("Protocol.convert_ids")
def _():
    item = qa.inbox.all()[0]
    (hexed,) = qa.protocol.convert_ids([AlternateId(id=item.id, format=EWS_ID, mailbox="qa@contoso.com")], destination_format=HEX_ENTRY_ID)
    (back,) = qa.protocol.convert_ids([AlternateId(id=hexed.id, format=HEX_ENTRY_ID, mailbox="qa@contoso.com")], destination_format=EWS_ID)
    return back.id == item.id


@tries("Protocol.get_searchable_mailboxes, without the role")
def _():
    return raises(ErrorAccessDenied, lambda: list(qa.protocol.get_searchable_mailboxes()))


@tries("Protocol.expand_dl, of what is no list; a list of one's own")
def _():
    members = [Member(mailbox=Mailbox(name=name, email_address=f"{name}@contoso.com", mailbox_type="OneOff")) for name in ("ann", "ben")]
    DistributionList(account=qa, folder=qa.contacts, display_name="Team", members=members).save()
    kept = qa.contacts.get(display_name="Team").members
    nobody = raises(ErrorNameResolutionNoResults, lambda: list(qa.protocol.expand_dl(DLMailbox(email_address="all@contoso.com", mailbox_type="PublicDL"))))
    return [member.mailbox.email_address for member in kept] == ["ann@contoso.com", "ben@contoso.com"] and nobody


@tries("Contact: found by an address, changed, deleted; people")
def _():
    Contact(account=qa, folder=qa.contacts, display_name="Ann", email_addresses=[EmailAddress(label="EmailAddress1", email="ann@contoso.com")]).save()
    found = qa.contacts.get(email_addresses__EmailAddress1="ann@contoso.com")
    found.delete()
    return list(qa.contacts.people()) == [] and not qa.contacts.filter(display_name="Ann").exists()


@tries("Task.complete")
def _():
    task = Task(account=qa, folder=qa.tasks, subject="Do it")
    task.save()
    task.complete()
    done = qa.tasks.get(subject="Do it")
    return done.is_complete and done.percent_complete == 100 and done.complete_date is not None


@tries("Version guessed from the answers")
def _():
    return qa.version.build.major_version == 15 and qa.version.api_version.startswith("Exchange20")


print(json.dumps({"tried": len(passed), "passed": sum(passed)}))
