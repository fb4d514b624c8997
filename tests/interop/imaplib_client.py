"""Python's imaplib against the sandbox: host, port, TLS port and the CA's file are the arguments; one line of JSON a step."""

import imaplib
import json
import ssl
import sys

host, port, tls_port, ca = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)


def step(name, **result):
    print(json.dumps({"step": name, **result}), flush=True)


def text(data):
    return [item.decode() for item in data if isinstance(item, bytes)]


client = imaplib.IMAP4(host, int(port))
client.starttls(context)
client.login("qa@contoso.com", "secret")
step("select", count=text(client.select("INBOX")[1]))
step("list", folders=len(client.list()[1]), junk=text(client.list(pattern="J*")[1]))
step("search", unseen=text(client.search(None, "UNSEEN")[1]))
client.literal = "Grüße".encode()
step("search utf-8", found=text(client.search("UTF-8", "SUBJECT")[1]))

_, [(_, header), _] = client.fetch("1", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
step("peek", header=header.decode(), unseen=text(client.search(None, "UNSEEN")[1]))
_, [(_, source), flags] = client.fetch("1", "(RFC822)")
step("read", text=b"A text" in source, flags=flags.decode())
step("store", flags=text(client.store("1", "+FLAGS", "(\\Flagged)")[1]))

client.create("Projects")
step("append", status=client.append("Projects", "\\Seen", imaplib.Time2Internaldate(0), b"Subject: x\r\n\r\n")[0])
step("copy", status=client.copy("1", "Projects")[0])
step("move", status=client.uid("MOVE", "1", "Projects")[0])
step("status", projects=text(client.status("Projects", "(MESSAGES UNSEEN)")[1]))
client.select("Projects")
client.store("1:*", "+FLAGS", "\\Deleted")
step("expunge", gone=text(client.expunge()[1]))
client.close()
step("logout", answer=client.logout()[0])

client = imaplib.IMAP4_SSL(host, int(tls_port), ssl_context=context)
try:
    client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else b"user=qa@contoso.com\x01auth=Bearer x\x01\x01")
except client.error as error:
    step("refuse", error=str(error))
