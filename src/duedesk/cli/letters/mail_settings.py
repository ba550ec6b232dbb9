"""`duedesk mail-settings`: the mail server that letters leave by, shown, set and tried; it sends nothing."""

import argparse
from dataclasses import replace

from duedesk.actions.delivering.mail_settings import mail_server, required_mail_server, save_mail_server, set_queueing
from duedesk.actions.delivering.setting_up import send_test
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import aligned
from duedesk.cli.letters.mail_secret import add_password, given_secret, opened_mailer, secret_from
from duedesk.cli.options import add_json, limit, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.connect.secrets import forget_secret, keep_secret
from duedesk.connect.signing_in import client_of, has_secret, refresh_of
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Login, MailServer, Security

_FIELDS = (
    "host",
    "port",
    "security",
    "sender",
    "sender_name",
    "reply_to",
    "login",
    "user",
    "per_minute",
    "marks_bounces",
    "token_url",
    "client_id",
    "scope",
)


def add_parser(verbs: Verbs) -> None:
    """Add `mail-settings`."""
    parser = verbs.add_parser(
        "mail-settings",
        description="The mail server that letters leave by. The password is kept by the keyring of this machine.",
    )
    add_book(parser)
    parser.add_argument("--host", metavar="H", type=words, help="its name: smtp.example.com")
    parser.add_argument("--port", metavar="N", type=limit, help="587 for starttls, 465 for tls")
    parser.add_argument("--security", choices=tuple(Security), type=Security, help="how the line is encrypted")
    parser.add_argument("--sender", metavar="A", type=words, help="the address that letters come from")
    parser.add_argument("--sender-name", metavar="T", type=words, help="the name beside it")
    parser.add_argument("--reply-to", metavar="A", type=words, help="where answers go; empty clears")
    parser.add_argument("--login", choices=tuple(Login), type=Login, help="how it is told who asks")
    parser.add_argument("--user", metavar="U", type=words, help="the name to log in with")
    parser.add_argument("--per-minute", metavar="N", type=limit, help="how many messages a minute at most")
    parser.add_argument(
        "--marks-bounces",
        choices=("yes", "no"),
        help="let the envelope's sender carry a mark (us+MARK@...), where the provider allows it",
    )
    _add_tokens(parser)
    parser.add_argument("--keep-password", action="store_true", help="keep what --password-from gives in the keyring")
    parser.add_argument("--forget-password", action="store_true", help="take it out of the keyring")
    parser.add_argument("--test", action="store_true", help="try to log in; nothing is sent")
    parser.add_argument("--test-to", metavar="A", type=words, help="log in, and send a message that says nothing")
    add_password(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _add_tokens(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--token-url", metavar="URL", type=words, help="where tokens for xoauth2 are fetched anew")
    parser.add_argument("--client-id", metavar="ID", type=words, help="who we are there")
    parser.add_argument("--scope", metavar="S", type=words, help="what is asked for there, where it has to be said")
    parser.add_argument(
        "--client-secret-from",
        metavar="F",
        help="a file with our secret there, for the keyring (-: standard input)",
    )
    parser.add_argument("--queue", choices=("as-issued", "when-told"), help="when letters are queued to be sent")


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        given = {name: getattr(options, name) for name in _FIELDS if getattr(options, name) is not None}
        if "marks_bounces" in given:
            given["marks_bounces"] = given["marks_bounces"] == "yes"
        if given:
            before = mail_server(workspace.book) or MailServer("", "")
            for name in ("host", "sender"):
                if not (given.get(name) or getattr(before, name)):
                    raise RequestError(f"The mail server needs a {name}.", f"--{name}")
            if before.user == "" and "user" not in given:
                given["user"] = given.get("sender", before.sender)
            save_mail_server(workspace, replace(before, **given))
        if options.queue is not None:
            set_queueing(workspace, as_issued=options.queue == "as-issued")
        asks = options.keep_password or options.forget_password or options.test or options.client_secret_from
        asks = asks or options.test_to
        server = required_mail_server(workspace.book) if asks else mail_server(workspace.book)
        if server is not None:
            _mind_password(options, server)
            if options.test or options.test_to:
                with opened_mailer(server, options) as mailer:
                    mailer.be_ready()
                    if options.test_to:
                        send_test(workspace, mailer, options.test_to)
    return _tell(options, terminal, server)


def _mind_password(options: argparse.Namespace, server: MailServer) -> None:
    if options.forget_password:
        for name in (server.user, refresh_of(server), client_of(server)):
            forget_secret(server.host, name)
    if options.keep_password:
        secret = given_secret(options)
        if secret is None:
            raise RequestError("There is no password to keep.", "--password-from FILE, or - for standard input.")
        keep_secret(server.host, refresh_of(server) if server.fetches_tokens else server.user, secret)
    if options.client_secret_from is not None:
        keep_secret(server.host, client_of(server), secret_from(options.client_secret_from))


def _tell(options: argparse.Namespace, terminal: Terminal, server: MailServer | None) -> int:
    if server is None:
        shown = {}
    else:
        shown = {name: _shown(getattr(server, name)) for name in _FIELDS}
        shown["password"] = "in the keyring" if _is_kept(server) else "asked for"
    sent = f" A test was sent to {options.test_to}." if options.test_to else ""
    is_tried = (options.test or options.test_to) and server is not None
    tried = f"{server.host} lets {server.user or 'us'} in.{sent}" if is_tried and server else ""
    if options.json:
        write_json(terminal, {"mail_server": shown or None, "tested": bool(tried)})
        return DONE
    for line in aligned((name.replace("_", "-"), value) for name, value in shown.items()):
        terminal.say(line)
    if not shown:
        terminal.say("No mail server is set.")
    if tried:
        terminal.say(tried)
    return DONE


def _is_kept(server: MailServer) -> bool:
    return server.login is not Login.NONE and has_secret(server)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
