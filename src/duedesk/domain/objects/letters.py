"""LetterText: what dunning letters say, by kind, language and version."""

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects.kinds import BOOKKEEPING, area, house, identifier, moment, number, pick, text

LETTER_TEXT = ObjectType(
    "LetterText",
    "Text of letters",
    "Texts of letters",
    "letter_text",
    (
        identifier(),
        *map(
            house,
            (
                pick("Kind", "Kind", "courtesy | level-1 | level-2 | final", nillable=False),
                text("LanguageCode", "Language", nillable=False, max_length=2),
                number("Version", "Version", nillable=False),
                area("Title", "Title", nillable=False),
                area("Subject", "Subject", nillable=False),
                area("Salutation", "Salutation", nillable=False),
                area("Paragraphs", "Paragraphs", nillable=False),
                area("Closing", "Closing", nillable=False),
                area("Signature", "Signature", nillable=False),
                moment("RecordedAt", "Saved", nillable=False),
                text("RecordedBy", "Saved by", nillable=False),
            ),
        ),
        *BOOKKEEPING,
    ),
    name_field="Id",
)

OBJECTS = (LETTER_TEXT,)
