"""Finds the mailbox by exchangelib's own Autodiscover: python3 exchangelib_autodiscover.py URL. Prints a line of JSON each way."""

import json
import sys
from urllib.parse import urlsplit, urlunsplit

import requests.adapters
from exchangelib import Account, Credentials
from exchangelib.autodiscover import clear_cache
from exchangelib.autodiscover.discovery import base, pox, soap
from exchangelib.protocol import BaseProtocol

sandbox = urlsplit(sys.argv[1])


class ToSandbox(requests.adapters.HTTPAdapter):
    """Takes the place of the network: https://autodiscover.contoso.com is where the sandbox listens."""

    def send(self, request, *args, **kwargs):
        parts = urlsplit(request.url)
        if parts.hostname not in ("autodiscover.contoso.com", sandbox.hostname):
            raise requests.exceptions.ConnectionError(f"nobody at {parts.hostname}")
        request.url = urlunsplit(parts._replace(scheme="http", netloc=sandbox.netloc))
        return super().send(request, *args, **kwargs)


def find(discovery):
    clear_cache()
    response, protocol = discovery("qa@contoso.com", credentials=Credentials("qa@contoso.com", "secret")).discover()
    account = Account("qa@contoso.com", credentials=protocol.credentials, config=protocol.config, autodiscover=False)
    print(
        json.dumps(
            {
                "address": response.autodiscover_smtp_address,
                "endpoint": protocol.service_endpoint,
                "unread": account.inbox.unread_count,
            }
        ),
        flush=True,
    )


BaseProtocol.HTTP_ADAPTER_CLS = ToSandbox
base.BaseAutodiscovery._ensure_valid_hostname = lambda self, url: None
for discovery in (soap.SoapAutodiscovery, pox.PoxAutodiscovery):
    find(discovery)
