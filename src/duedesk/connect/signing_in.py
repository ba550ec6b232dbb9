"""What a mail server is told so that it lets us in: the secret of the keyring, or a token that is fetched with it."""

from duedesk.connect.oauth import TokenRequest, access_token
from duedesk.connect.secrets import keep_secret, kept_secret
from duedesk.domain.mailing import Login, MailServer


def client_of(server: MailServer) -> str:
    """Give the name that the secret of the program at the provider of tokens is kept by."""
    return f"{server.user} client"


def refresh_of(server: MailServer) -> str:
    """Give the name that the token which fetches others is kept by."""
    return f"{server.user} refresh"


def has_secret(server: MailServer) -> bool:
    """Tell whether nobody has to be asked for a secret."""
    if server.login is Login.NONE:
        return True
    name = refresh_of(server) if server.fetches_tokens else server.user
    return kept_secret(server.host, name) is not None


def secret_for(server: MailServer) -> str | None:
    """Give the secret of a login: the kept one, or a fresh token; None where none is known. MailError says why not.

    A provider may give another token to fetch with: it is kept in place of the one before.
    """
    if server.login is Login.NONE:
        return None
    if not server.fetches_tokens:
        return kept_secret(server.host, server.user)
    refresh = kept_secret(server.host, refresh_of(server))
    if refresh is None:
        return None
    fetched = access_token(
        TokenRequest(
            server.token_url, server.client_id, kept_secret(server.host, client_of(server)) or "", refresh, server.scope
        )
    )
    if fetched.refresh_token and fetched.refresh_token != refresh:
        keep_secret(server.host, refresh_of(server), fetched.refresh_token)
    return fetched.access_token
