"""LetterDelivery: on which way a letter leaves, and what is known of its arrival."""

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects.kinds import BOOKKEEPING, area, house, identifier, moment, number, pick, reference, text

CHANNELS = "print | mail"
STATUSES = "Waiting | Claimed | Sent | Unknown | Refused | Failed | Withdrawn"

LETTER_DELIVERY = ObjectType(
    "LetterDelivery",
    "Delivery of a letter",
    "Deliveries of letters",
    "letter_delivery",
    (
        identifier(),
        *map(
            house,
            (
                reference("DunningLetterId", "Letter", "DunningLetter", nillable=False),
                pick("Channel", "Channel", CHANNELS, nillable=False),
                area("Address", "To"),
                pick("Status", "Status", STATUSES, nillable=False, help="Unknown: a person says whether it was sent."),
                text(
                    "MessageId", "Message", group=False, help="The Message-ID, made before the message is handed over."
                ),
                number("Attempts", "Attempts", nillable=False),
                area("LastError", "What was said", help="By the mail server, or why it was not sent."),
                moment("NextTryAt", "Next try"),
                moment("ClaimedAt", "Taken up"),
                text("ClaimedBy", "Taken up by"),
                moment("SentAt", "Sent"),
                moment("BouncedAt", "Came back"),
                moment("CreatedDate", "Queued", nillable=False),
            ),
        ),
        *BOOKKEEPING,
    ),
    name_field="Id",
)

OBJECTS = (LETTER_DELIVERY,)
