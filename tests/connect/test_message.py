"""A message carries what it should, and nothing from outside makes a header, an address or a path of itself."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from random import Random

import pytest

from duedesk.connect.message import Attached, Mail, draft, mark_of, message, message_id_of, new_mark
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import MailServer, Security, addresses, check_server

SERVER = MailServer(
    "smtp.seller.test", "dunning@seller.test", "Müller, Söhne & Co\r\nBcc: x@evil.test", reply_to="ar@seller.test"
)
PDF = b"%PDF-1.7\n.\n\x00\xff\r\n.\r\n"


def _mail(**changed: object) -> Mail:
    said = {
        "message_id": message_id_of(new_mark(Random(1)), SERVER.domain),
        "recipients": ("buyer@bücher.test",),
        "subject": "Schreiben DL-1\r\nBcc: all@evil.test\n 東京",
        "text": "Guten Tag\n.\nFrom here\r\n\u2028MAIL FROM:<x@evil.test>\n" + "lang " * 400,
        "language": "de\r\nX-Evil: 1",
        "date": datetime(2026, 11, 23, 10, tzinfo=UTC),
        "attached": [Attached('DL-1".pdf\r\nX-Evil: 1', PDF)],
    }
    return Mail(**{**said, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [message, draft])
def test_no_value_becomes_a_header(make: object) -> None:
    content = make(_mail(), SERVER)  # type: ignore[operator]
    read = message_from_bytes(content, policy=default)
    wanted = {"From", "To", "Reply-To", "Subject", "Date", "Content-Language", "MIME-Version", "Content-Type"}
    own = {"X-Unsent"} if make is draft else {"Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"}
    assert set(read.keys()) == wanted | own
    assert [one.addr_spec for one in read["To"].addresses] == ["buyer@xn--bcher-kva.test"]
    assert [one.addr_spec for one in read["From"].addresses] == ["dunning@seller.test"]
    assert content.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None, "a bare end of line can smuggle a second message in"
    assert max(map(len, content.splitlines())) < 998
    _, attached = read.iter_parts()
    assert "東京" in str(read["Subject"])
    assert attached.get_content() == PDF
    assert "X-Evil" not in attached


def test_a_mark_is_told_from_any_other_message_id() -> None:
    mark = new_mark(Random(7))
    assert mark_of(message_id_of(mark, SERVER.domain)) == mark
    assert [mark_of(one) for one in ("", "<1@a.test>", "<duedesk.short@a.test>", f"<duedesk.{mark}x@a.test>")] == [
        ""
    ] * 4


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ; ",
            "buyer",
            "a@b",
            "a b@c.test",
            "a@b.test\r\nBcc: c@d.test",
            "a@-b.test",
            "a..b@c.test",
            "<a@b.test>",
        ),
        *(
            "a@b.test\0",
            "ä@b.test",
            "a@" + "b" * 64 + ".test",
            "a" * 65 + "@b.test",
            "a@b..test",
            'x"@b.test',
            "@b.test",
        ),
        ", ".join(f"a{number}@b.test" for number in range(11)),
    ],
)
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(RequestError, match=r"address"):
        addresses(text)


def test_addresses_are_read_once_each() -> None:
    assert addresses("a@b.test, A@B.test; o'hara+x@bücher.example") == ("a@b.test", "o'hara+x@bücher.example")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"security": "none"}, "everybody can read"),
        ({"host": "smtp.seller.test\r\nX"}, "no name of a mail server"),
        ({"port": 0}, "no port"),
        ({"user": "a\x01b"}, "what no name holds"),
        ({"user": ""}, "takes a name"),
        ({"per_minute": 0}, "no limit"),
        ({"sender": "a@b.test, c@d.test"}, "more than one"),
    ],
)
def test_settings_that_cannot_be(changed: dict[str, object], said: str) -> None:
    if "security" in changed:
        changed = {"security": Security.NONE}
    given = replace(MailServer("smtp.seller.test", "a@b.test", user="a"), **changed)  # type: ignore[arg-type]
    with pytest.raises(RequestError, match=said):
        check_server(given)
