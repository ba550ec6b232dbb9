"""What is dunned: DunningPolicy with its levels, what holds an invoice back, and the runs and letters issued."""

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    area,
    currency_code,
    day,
    flag,
    house,
    identifier,
    moment,
    money,
    number,
    pick,
    reference,
    text,
)

LETTER_PER = "account | invoice | head office"
CATCHES_UP = "one level | deserved level"
CHANNELS = "print | mail"
TONES = "friendly | firm | final"
AT_THE_END = "final demand | credit hold | hand-over"


def _object(name: str, label: str, plural: str, table: str, name_field: str, *fields: Field) -> ObjectType:
    every = (identifier(), *map(house, fields), *BOOKKEEPING)
    return ObjectType(name, label, plural, table, every, name_field=name_field)


DUNNING_POLICY = _object(
    "DunningPolicy",
    "Dunning policy",
    "Dunning policies",
    "dunning_policy",
    "Name",
    text("Name", "Dunning policy", nillable=False),
    area("Description", "Description"),
    pick("LetterPer", "One letter per", LETTER_PER, nillable=False, help="What one letter speaks of."),
    pick("CatchesUp", "Catches up", CATCHES_UP, nillable=False, help="How far a late run goes at once."),
    flag(
        "WholeAccountAtHighest",
        "All at the highest level",
        help="All items of a letter reach the highest level among them.",
    ),
    flag("DunsCharges", "Duns fees and interest", help="Invoices over fees and interest are dunned too."),
    flag("ChargesConsumers", "Charges consumers", help="Person accounts pay fees and interest too."),
    number("PromiseGraceDays", "Grace for promises", nillable=False, help="Days after a promise before it is broken."),
    text("AccountType", "Account type", help="Accounts of this type have the policy, unless they name another."),
    flag("IsDefault", "Default"),
    flag("IsActive", "Active"),
    number("Version", "Version", nillable=False),
    moment("CreatedDate", "Created", nillable=False),
)

DUNNING_LEVEL = _object(
    "DunningLevel",
    "Dunning level",
    "Dunning levels",
    "dunning_level",
    "Name",
    reference("DunningPolicyId", "Dunning policy", "DunningPolicy", nillable=False),
    number("Number", "Level", nillable=False, help="From 1 on; the notice before the due date is 0."),
    text("Name", "Dunning level", nillable=False),
    flag("IsCourtesy", "Before it is due", help="A courtesy notice, which is no level reached."),
    flag("IsActive", "Active"),
    number("DaysOverdue", "Days overdue", nillable=False, help="Negative before the due date."),
    number("GraceDays", "Grace", nillable=False, help="Further days that a transfer may take: it only delays a level."),
    number("IntervalDays", "Days since the last letter", nillable=False, help="At least so many lie between two."),
    pick("FeeKind", "Fee", "fixed | percent"),
    pick("FeePer", "Fee per", "letter | item"),
    number("FeePercent", "Fee in percent", Kind.PERCENT, help="Of what is asked for."),
    flag("ChargesInterest", "Charges interest"),
    number("DeadlineDays", "New deadline", nillable=False, help="Days from the letter, on to the next business day."),
    pick("Channel", "Channel", CHANNELS, nillable=False),
    pick("Tone", "Tone", TONES, nillable=False),
    flag("ListsNotDue", "Lists what is not due", help="What is not due yet is listed below."),
    flag("MayBeJumpedTo", "May be jumped to", help="An item may skip the levels before where the policy says so."),
    pick("AtTheEnd", "At the end", AT_THE_END, help="What follows the last letter."),
    moment("CreatedDate", "Created", nillable=False),
)

DUNNING_LEVEL_AMOUNT = _object(
    "DunningLevelAmount",
    "Amounts of a dunning level",
    "Amounts of dunning levels",
    "dunning_level_amount",
    "CurrencyIsoCode",
    reference("DunningLevelId", "Dunning level", "DunningLevel", nillable=False),
    currency_code(nillable=False),
    money("MinimumAmount", "Minimum", nillable=False, help="A letter that asks for less is not written."),
    money("FeeAmount", "Fee", nillable=False),
    moment("CreatedDate", "Created", nillable=False),
)

DUNNING_HOLD = _object(
    "DunningHold",
    "Dunning hold",
    "Dunning holds",
    "dunning_hold",
    "Name",
    text("Name", "Hold", nillable=False, group=False),
    reference("AccountId", "Account", "Account", help="All of its invoices are held."),
    reference("InvoiceId", "Invoice", "Invoice"),
    text("ReasonCode", "Reason", nillable=False),
    area("Description", "In words"),
    day("StartDate", "From", nillable=False),
    day("EndDate", "Until", nillable=False, help="The last day on which it holds."),
    moment("RecordedAt", "Recorded", nillable=False),
    text("RecordedBy", "Recorded by", nillable=False),
    day("ReleasedOn", "Released on"),
    moment("ReleasedAt", "Release recorded"),
    text("ReleasedBy", "Released by"),
    area("ReleaseReason", "Why it was released"),
)

PAYMENT_PROMISE = _object(
    "PaymentPromise",
    "Promise to pay",
    "Promises to pay",
    "payment_promise",
    "Name",
    text("Name", "Promise", nillable=False, group=False),
    reference("InvoiceId", "Invoice", "Invoice", nillable=False),
    currency_code(nillable=False),
    money("PromisedAmount", "Promised", nillable=False),
    day("PromiseDate", "Promised for", nillable=False),
    day("ReceivedDate", "Promised on", nillable=False),
    reference("ContactId", "Contact", "Contact", help="Who promised."),
    area("Description", "In words"),
    moment("RecordedAt", "Recorded", nillable=False),
    text("RecordedBy", "Recorded by", nillable=False),
    day("WithdrawnOn", "Withdrawn on"),
    moment("WithdrawnAt", "Withdrawal recorded"),
    text("WithdrawnBy", "Withdrawn by"),
    area("WithdrawalReason", "Why it was withdrawn"),
)

DUNNING_RESET = _object(
    "DunningReset",
    "Dunning level set by hand",
    "Dunning levels set by hand",
    "dunning_reset",
    "Id",
    reference("InvoiceId", "Invoice", "Invoice", nillable=False),
    day("ResetDate", "On", nillable=False),
    number("LevelBefore", "Level before", nillable=False),
    number("LevelAfter", "Level after", nillable=False),
    area("Reason", "Reason", nillable=False),
    moment("RecordedAt", "Recorded", nillable=False),
    text("RecordedBy", "Recorded by", nillable=False),
)

DUNNING_RUN = _object(
    "DunningRun",
    "Dunning run",
    "Dunning runs",
    "dunning_run",
    "Name",
    text("Name", "Dunning run", nillable=False, group=False),
    day("RunDate", "Run of", nillable=False, help="The day from which it counted, whatever the clock said."),
    pick("Status", "Status", "Draft | Issued | Cancelled", nillable=False),
    text("IdempotencyKey", "Key", group=False, help="A run that is sent twice is one run."),
    text("Policies", "Policies"),
    number("LetterCount", "Letters", nillable=False),
    number("ItemCount", "Items", nillable=False),
    number("DroppedCount", "Dropped at issue", nillable=False),
    area("Triage", "Decisions", max_length=1_000_000, help="What was taken out or changed by hand, as JSON."),
    area("Note", "Note"),
    text("StartedBy", "Started by", nillable=False),
    moment("StartedAt", "Started", nillable=False),
    moment("CompletedAt", "Completed"),
)

DUNNING_LETTER = _object(
    "DunningLetter",
    "Dunning letter",
    "Dunning letters",
    "dunning_letter",
    "Number",
    text("Number", "Letter", nillable=False, group=False),
    reference("DunningRunId", "Dunning run", "DunningRun"),
    reference("AccountId", "Account", "Account", nillable=False),
    currency_code(nillable=False),
    reference("DunningPolicyId", "Dunning policy", "DunningPolicy"),
    number("Level", "Level", group=True, nillable=False),
    flag("IsCourtesy", "Before it is due"),
    day("LetterDate", "Dated", nillable=False),
    day("Deadline", "Deadline"),
    money("Principal", "Principal", nillable=False),
    money("Fee", "Fee", nillable=False),
    money("Interest", "Interest", nillable=False),
    money("Unapplied", "Unapplied", nillable=False, help="Cash and credits not applied, negative."),
    money("Total", "Total", nillable=False),
    reference("FeeInvoiceId", "Invoice over the fee", "Invoice"),
    reference("InterestInvoiceId", "Invoice over interest", "Invoice"),
    day("InterestUntil", "Interest until"),
    pick("Status", "Status", "Issued | Cancelled", nillable=False),
    pick("Channel", "Channel", CHANNELS, nillable=False),
    area("Address", "Sent to"),
    text("LanguageCode", "Language", max_length=35),
    reference("ContactId", "Contact", "Contact"),
    area("Note", "Note"),
    moment("IssuedAt", "Issued", nillable=False),
    text("IssuedBy", "Issued by", nillable=False),
    day("CancelledOn", "Cancelled on"),
    moment("CancelledAt", "Cancellation recorded"),
    text("CancelledBy", "Cancelled by"),
    area("CancellationReason", "Why it was cancelled"),
)

DUNNING_LETTER_ITEM = _object(
    "DunningLetterItem",
    "Item of a dunning letter",
    "Items of dunning letters",
    "dunning_letter_item",
    "Id",
    reference("DunningLetterId", "Letter", "DunningLetter", nillable=False),
    reference("InvoiceId", "Invoice", "Invoice", nillable=False),
    currency_code(nillable=False),
    day("DueDate", "Due", nillable=False),
    number("DaysOverdue", "Overdue", nillable=False),
    money("Balance", "Balance", nillable=False),
    money("ContestedAmount", "Contested", nillable=False),
    money("PromisedAmount", "Promised", nillable=False),
    money("AskedAmount", "Asked for", nillable=False),
    number("LevelBefore", "Level before", nillable=False),
    number("LevelAfter", "Level after", help="Empty where the item is only listed, being not due yet."),
    number("Episode", "Episode", nillable=False, help="How often the level was set by hand before."),
    flag("IsCancelled", "Cancelled"),
)

OBJECTS = (
    DUNNING_POLICY,
    DUNNING_LEVEL,
    DUNNING_LEVEL_AMOUNT,
    DUNNING_HOLD,
    PAYMENT_PROMISE,
    DUNNING_RESET,
    DUNNING_RUN,
    DUNNING_LETTER,
    DUNNING_LETTER_ITEM,
)
