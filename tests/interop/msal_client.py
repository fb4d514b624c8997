"""Microsoft's library for Python against the sandbox. Prints a line of JSON for each step."""

import json
import re
import sys
import urllib.parse

import msal
import requests

authority, redirect_uri = sys.argv[1:]
GRAPH = ["https://graph.microsoft.com/Mail.Read"]


def report(step, result):
    said = result.get("error_codes") or sorted(key for key in result if key in ("access_token", "id_token", "refresh_token"))
    print(json.dumps({"step": step, "said": said}), flush=True)
    return result


def client(client_id, secret, **options):
    return msal.ConfidentialClientApplication(
        client_id, client_credential=secret, authority=authority, validate_authority=False, **options
    )


def sign_in(uri):
    """What a person does: the address that they are sent back to, taken apart."""
    browser = requests.Session()
    browser.post(uri, data={"loginfmt": "qa@contoso.com"})
    page = browser.post(uri, data={"loginfmt": "qa@contoso.com", "passwd": "secret"}).text
    for answer in ({"LoginOptions": "3"}, {"decision": "accept"}):
        token = re.search(r'name="flowToken"\s+value="([^"]+)"', page).group(1)
        response = browser.post(uri, data={"flowToken": token, **answer}, allow_redirects=False)
        page = response.text
    location = urllib.parse.urlparse(response.headers["Location"])
    return dict(urllib.parse.parse_qsl(location.query))


app = client("sandbox", "sandbox")
report("app", app.acquire_token_for_client(["https://graph.microsoft.com/.default"]))
report("wrong secret", client("sandbox", "wrong").acquire_token_for_client(["https://graph.microsoft.com/.default"]))

flow = app.initiate_auth_code_flow(GRAPH, redirect_uri=redirect_uri, login_hint="qa@contoso.com")
report("person", app.acquire_token_by_auth_code_flow(flow, sign_in(flow["auth_uri"])))
account = app.get_accounts()[0]
report("again", app.acquire_token_silent(GRAPH, account, force_refresh=True))

flow = app.initiate_auth_code_flow(["api://api/access_as_user"], redirect_uri=redirect_uri)
called = app.acquire_token_by_auth_code_flow(flow, sign_in(flow["auth_uri"]))
report("on behalf", client("api", "secret").acquire_token_on_behalf_of(called["access_token"], GRAPH))
