"""Drives the EWS door with exchangelib: python3 exchangelib.py URL. Prints one line of JSON for each step."""

import json
import sys
from datetime import datetime, timezone

from exchangelib import (
    BASIC,
    DELEGATE,
    Account,
    Configuration,
    Credentials,
    FileAttachment,
    Folder,
    HTMLBody,
    ItemAttachment,
    Mailbox,
    Message,
    OofSettings,
)
from exchangelib.errors import ErrorItemNotFound, ErrorSubscriptionNotFound


def say(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def connect(url):
    config = Configuration(
        service_endpoint=url, credentials=Credentials("qa@contoso.com", "secret"), auth_type=BASIC
    )
    return Account("qa@contoso.com", config=config, autodiscover=False, access_type=DELEGATE)


def send(account):
    message = Message(
        account=account,
        folder=account.sent,
        subject="From exchangelib <&>",
        body=HTMLBody("<p>Grüße</p>"),
        to_recipients=[Mailbox(email_address="qa+tag@contoso.com")],
        bcc_recipients=["hidden@contoso.com"],
    )
    message.attach(FileAttachment(name="a.txt", content=b"content"))
    inner = Message(account=account, subject="Inner", body="inner")
    message.attach(ItemAttachment(name="Inner", item=inner))
    message.send_and_save()
    say("send", sent=[item.subject for item in account.sent.all()])


def find(account):
    since = datetime(2020, 1, 1, tzinfo=timezone.utc)
    query = account.inbox.filter(subject__icontains="EXCHANGELIB", datetime_received__gt=since)
    say("find", count=query.count(), subjects=list(query.order_by("-datetime_received").values_list("subject", flat=True)))


def read(account):
    item = account.inbox.all()[0]
    say(
        "read",
        body=item.body.strip(),
        to=[recipient.email_address for recipient in item.to_recipients],
        bcc=item.bcc_recipients,
        mime=b"Subject: From exchangelib" in item.mime_content,
        attachments=sorted(attachment.name for attachment in item.attachments),
        content=next(a.content.decode() for a in item.attachments if isinstance(a, FileAttachment)),
        inner=next(a.item.subject for a in item.attachments if isinstance(a, ItemAttachment)),
    )


def change(account):
    item = account.inbox.all()[0]
    item.is_read = True
    item.categories = ["Two words"]
    item.save(update_fields=["is_read", "categories"])
    again = account.inbox.get(categories__contains=["Two words"])
    say("change", read=again.is_read, unread=account.inbox.filter(is_read=False).count())


def stream(account):
    subscription = account.inbox.subscribe_to_streaming()
    Message(account=account, subject="Streamed", body="x", to_recipients=["qa@contoso.com"]).send()
    events = []
    for notification in account.inbox.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1):
        events = sorted(type(event).__name__ for event in notification.events)
    account.inbox.unsubscribe(subscription)
    try:
        account.inbox.unsubscribe(subscription)
        again = None
    except ErrorSubscriptionNotFound as error:
        again = type(error).__name__
    say("stream", events=events, again=again)


def pull(account):
    subscription, watermark = account.inbox.subscribe_to_pull()
    Message(account=account, subject="Pulled", body="x", to_recipients=["qa@contoso.com"]).send()
    notifications = account.inbox.get_events(subscription, watermark)
    say("pull", events=sorted(type(event).__name__ for notification in notifications for event in notification.events))


def sync(account):
    first = [kind for kind, _ in account.inbox.sync_items()]
    account.inbox.get(subject="Streamed").delete()
    say("sync", first=first, later=[kind for kind, _ in account.inbox.sync_items()])


def move(account):
    item = account.inbox.get(subject="Pulled")
    old = item.id
    item.move(account.trash)
    say("move", changed=item.id != old, trash=[found.subject for found in account.trash.all()])
    item.delete()
    found = list(account.fetch([(old, None)]))[0]
    say("gone", error=type(found).__name__, expected=isinstance(found, ErrorItemNotFound))


def answer(account):
    item = account.inbox.get(subject="From exchangelib <&>")
    item.reply("RE: reply", "thanks", to_recipients=["qa@contoso.com"])
    item.forward("FW: forward", "look", to_recipients=["qa@contoso.com"])
    forwarded = account.inbox.get(subject="FW: forward")
    item.create_reply_all("RE: all", "thanks").save(account.drafts)
    draft = account.drafts.get(subject="RE: all")
    draft.attach(FileAttachment(name="late.txt", content=b"late"))
    draft.attachments[0].detach()
    say(
        "answer",
        references=account.inbox.get(subject="RE: reply").in_reply_to == item.message_id,
        forwarded=sorted(attachment.name for attachment in forwarded.attachments),
        detached=not account.drafts.get(subject="RE: all").has_attachments,
    )


def folders(account):
    found = [folder for folder in account.root.walk() if folder.is_distinguished]
    kinds = (account.calendar, account.contacts, account.tasks, account.notes)
    say("folders", distinguished=len(found), classes=[folder.folder_class for folder in kinds])


def change_folders(account):
    list(account.root.sync_hierarchy())
    folder = Folder(parent=account.inbox, name="New")
    folder.save()
    folder.name = "Newer"
    folder.save(update_fields=["name"])
    synced = [(kind, changed.name) for kind, changed in account.root.sync_hierarchy()]
    folder.move(account.drafts)
    account.inbox.get(subject="RE: reply").copy(folder)
    copied = folder.all().count()
    folder.empty()
    left = folder.all().count()
    folder.delete()
    say("change folders", synced=synced, copied=copied, left=left)


def services(account):
    account.oof_settings = OofSettings(
        state="Enabled", external_audience="Known", internal_reply="away", external_reply="gone"
    )
    say(
        "services",
        oof=account.oof_settings.internal_reply,
        zones=len(list(account.protocol.get_timezones())) > 0,
        rooms=list(account.protocol.get_roomlists()),
        delegates=account.delegates,
        tips=account.mail_tips.recipient_address.email_address,
        names=[found.email_address for found in account.protocol.resolve_names(["qa"])],
        people=[person.display_name for person in account.contacts.people()],
    )


def main():
    account = connect(sys.argv[1])
    for step in (send, find, read, change, stream, pull, sync, move, answer, folders, change_folders, services):
        step(account)


main()
