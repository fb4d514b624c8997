"""Python's imaplib and smtplib with XOAUTH2: the user, IMAP's TLS port, SMTP's port, the CA's file; the token comes by stdin."""

import imaplib
import json
import smtplib
import ssl
import sys

user, imap_port, smtp_port, ca = sys.argv[1:]
response = f"user={user}\x01auth=Bearer {sys.stdin.read()}\x01\x01"
context = ssl.create_default_context(cafile=ca)


def step(name, **result):
    print(json.dumps({"step": name, **result}), flush=True)


client = imaplib.IMAP4_SSL("localhost", int(imap_port), ssl_context=context)
step("sign in", status=client.authenticate("XOAUTH2", lambda challenge: response.encode())[0])
step("select", count=[count.decode() for count in client.select("INBOX")[1]])
client.logout()

server = smtplib.SMTP("localhost", int(smtp_port))
server.starttls(context=context)
server.ehlo()
step("authenticate", code=server.auth("XOAUTH2", lambda challenge=None: response)[0])
step("send", refused=server.sendmail(user, ["python@contoso.com"], "Subject: By smtplib\r\n\r\nA text\r\n"))
server.quit()
