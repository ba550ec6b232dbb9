"""Mailbox files as mail servers write them, and as nobody should."""

from textwrap import dedent


def report(
    message_id: str = "",
    recipient: str = "ap@acme.test",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "dunning@seller.test",
) -> bytes:
    """Give a delivery report as Postfix writes it."""
    return (
        dedent(
            f"""\
            From: MAILER-DAEMON@mx.seller.test (Mail Delivery System)
            To: {to}
            Subject: Undelivered Mail Returned to Sender
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            I'm sorry to have to inform you ...

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.seller.test

            Final-Recipient: rfc822; {recipient}
            Original-Recipient: rfc822;{recipient}
            Action: {action}
            Status: {status}
            Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: unknown
                user

            --b1
            Content-Type: message/rfc822

            From: dunning@seller.test
            Message-ID: {message_id}
            Subject: Our letter

            From here on it is the letter.

            --b1--
            """
        )
        .replace("\n", "\r\n")
        .encode()
    )


def mbox(*messages: bytes) -> bytes:
    """Put messages into one mailbox file."""
    return b"".join(b"From MAILER-DAEMON Mon Nov 23 10:00:00 2026\r\n" + one + b"\r\n\r\n" for one in messages)
