"""Delivery reports are read out of whatever file holds mail; what holds none is said in a sentence."""

from pathlib import Path

import pytest

from connect.mailboxes import mbox, report
from duedesk.connect.bounces import Bounce, read_bounces
from duedesk.domain.errors import RequestError

MARK = "abcdefghijklmnopq234"
OURS = f"<duedesk.{MARK}@seller.test>"
DEEP = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3000


def test_reports_are_told_from_other_mail(tmp_path: Path) -> None:
    file = tmp_path / "bounces.mbox"
    letter = b"From: buyer@acme.test\r\nSubject: Re: Our letter\r\n\r\nWe pay.\r\n>From now on.\r\n"
    file.write_bytes(
        mbox(
            letter,
            report(OURS),
            report(OURS, action="delayed", status="4.4.1"),
            report("<1@elsewhere.test>", status="4.4.7", to=f"dunning+{MARK}@seller.test"),
        )
    )
    read = read_bounces(file)
    assert (read.messages, read.unreadable) == (4, 0)
    assert read.bounces == (
        Bounce((OURS,), (), "ap@acme.test", "5.1.1", "5.1.1 550 5.1.1 <ap@acme.test>: unknown user"),
        Bounce((), (MARK,), "ap@acme.test", "4.4.7", "4.4.7 550 5.1.1 <ap@acme.test>: unknown user"),
    )
    assert [one.is_for_good for one in read.bounces] == [True, False]


def test_a_folder_and_a_single_message(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(b"\xef\xbb\xbf" + report(OURS).replace(b"\r\n", b"\n"))
    (tmp_path / "two.EML").write_bytes(report(OURS, "b@acme.test"))
    (tmp_path / "notes.txt").write_text("no mail")
    assert [one.recipient for one in read_bounces(tmp_path).bounces] == ["ap@acme.test", "b@acme.test"]
    assert len(read_bounces(tmp_path / "one.eml").bounces) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"name,amount\n1,2\n",
        b"\xff\xfe" + "From: a\n".encode("utf-16-le"),
    ],
)
def test_what_is_no_mailbox_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bounces.mbox"
    file.write_bytes(content)
    with pytest.raises(RequestError, match=r"bounces\.mbox is no mailbox file"):
        read_bounces(file)
    for nothing in (tmp_path / "none", tmp_path):
        with pytest.raises(RequestError, match="There is no"):
            read_bounces(nothing)


@pytest.mark.parametrize(
    "content",
    [
        DEEP,
        report(OURS)[:700],
        report(OURS).replace(b"\r\n--b1\r\n", b"\r\n--b2\r\n"),
        report(OURS).replace(b"message/delivery-status", b"message/delivery-status; charset=nonsense\r\nX: \xff\xfe"),
        report(OURS).replace(b"Action: failed", b"Action: =?utf-8?b?/////w==?=\r\nAction: \0failed"),
        b"Content-Type: multipart/report; boundary=" + b"b" * 70_000 + b"\n\n--b\n",
        b"Content-Type: multipart/report\n\nnothing",
        b"From: x\n" + b"y" * 3_000_000,
        b"From \n" * 2000,
    ],
    ids=["deep", "cut", "boundary", "charset", "action", "long", "flat", "line", "from"],
)
def test_hostile_mail_stops_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bounces.mbox"
    file.write_bytes(mbox(content, report(OURS)))
    assert read_bounces(file).bounces[-1].recipient == "ap@acme.test"
