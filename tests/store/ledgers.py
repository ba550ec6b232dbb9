"""Random ledgers that keep every rule, and what the domain says of them: the oracle for the queries."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from build import Builder
from duedesk.domain.aging import AgingRequest, Basis
from duedesk.domain.applying import overdrawn
from duedesk.domain.instalments import Instalment, held, in_order
from duedesk.domain.invoice import days_overdue
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.money import ZERO
from duedesk.domain.unapplied import GivenBack, Receipt, unapplied

FIRST_DAY = date(2026, 1, 1)
DAYS = 120
CURRENCIES = ("EUR", "JPY")
_SHARES = (Decimal("0.3"), Decimal("0.5"))


def moment(day: date, hour: int = 9) -> datetime:
    """The moment at which the builder records something."""
    return datetime.combine(day, time(hour), UTC)


@dataclass
class Document:
    """An invoice as the domain sees it."""

    key: int
    number: str
    account: int
    owner: int | None
    currency: str
    due: date
    posting: Posting
    recorded: date
    applications: list[Application] = field(default_factory=list)
    instalments: tuple[Instalment, ...] = ()

    def parts(self, balance: Decimal) -> list[tuple[date, Decimal]]:
        """The days on which something of an open balance is due, and how much."""
        if not self.instalments:
            return [(self.due, balance)]
        amounts = held(balance, self.instalments)
        return [(one.due, amount) for one, amount in zip(self.instalments, amounts, strict=True)]

    def holds(self, *events: Application) -> bool:
        """Tell whether no day would end with more applied than billed, with these events."""
        steps = [(one.effective_date, one.impact) for one in (*self.applications, *events)]
        return overdrawn(self.posting.total, steps) is None


@dataclass
class Source:
    """A payment or credit memo as the domain sees it: what it brought, what was given back, when it was withdrawn."""

    account: int
    owner: int | None
    currency: str
    amount: Decimal
    on: date
    recorded: datetime
    withdrawn: date | None = None
    applications: list[Application] = field(default_factory=list)
    refunds: list[GivenBack] = field(default_factory=list)

    def left(self, as_of: date, known_on: datetime | None) -> Decimal:
        """What was left of it at the end of a day."""
        gone_at = moment(self.withdrawn) if self.withdrawn else None
        receipt = Receipt(self.amount, self.on, self.recorded, self.withdrawn, gone_at)
        return unapplied(receipt, self.applications, self.refunds, as_of=as_of, known_on=known_on)


@dataclass
class RandomLedger:
    """A ledger of some accounts, made from one seed and written to a book as it is made."""

    build: Builder
    random: Random
    invoices: list[Document] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def make(self, count: int = 40) -> "RandomLedger":
        """Write `count` invoices and what became of them."""
        owners = [None, self.build.owner("Ana Reyes"), self.build.owner("Bo Lind")]
        accounts = [
            (self.build.account(f"Account {place}", f"{place:03}", owner), owner)
            for place, owner in enumerate(owners * 2)
        ]
        for place in range(count):
            account, owner = self.random.choice(accounts)
            self._invoice(f"I-{place:03}", account, owner)
        for account, owner in accounts:
            self._loose_source(account, owner)
        self.build.settle()
        return self

    def _day(self, earliest: date = FIRST_DAY) -> date:
        return earliest + timedelta(days=self.random.randrange(max((FIRST_DAY - earliest).days + DAYS, 1)))

    def _invoice(self, number: str, account: int, owner: int | None) -> None:
        on, currency = self._day(), self.random.choice(CURRENCIES)
        due = on + timedelta(days=self.random.choice((0, 14, 30)))
        voided = self._day(on) if self.random.random() < 0.15 else None
        recorded = on if voided else on + timedelta(days=self.random.choice((0, 0, 3, 20)))
        total = Decimal(self.random.randrange(1, 500))
        key = self.build.invoice(
            number,
            account,
            str(total),
            on=on.isoformat(),
            due=due.isoformat(),
            currency=currency,
            recorded=recorded.isoformat(),
            owner=owner,
            status="Voided" if voided else "Posted",
            voided=voided.isoformat() if voided else None,
        )
        posting = Posting(total, on, moment(recorded), voided, moment(voided) if voided else None)
        document = Document(key, number, account, owner, currency, due, posting, recorded)
        self.invoices.append(document)
        if total > len(_SHARES) and self.random.random() < 0.3:
            self._split(document, total)
        rest = total
        while rest and self.random.random() < 0.7:
            part = Decimal(self.random.randrange(1, int(rest) + 1))
            if self._pay(document, part, ends_by=voided):
                rest -= part

    def _split(self, document: Document, total: Decimal) -> None:
        """Let it be paid in instalments, of which the last is due as the invoice is."""
        first = (total * _SHARES[0]).quantize(Decimal(1))
        second = (total * _SHARES[1]).quantize(Decimal(1))
        days = [document.due - timedelta(days=back) for back in (60, 25, 0)]
        parts = list(zip(days, (first, second, total - first - second), strict=True))
        parts = [(day, amount) for day, amount in parts if amount > 0]
        document.instalments = in_order(parts)
        written = [(day.isoformat(), str(amount)) for day, amount in parts]
        self.build.instalments(document.key, written, currency=document.currency)

    def _pay(self, document: Document, part: Decimal, *, ends_by: date | None) -> bool:
        """Apply a part by a payment or a credit memo; True where it stays on the invoice."""
        on = self._day(document.posting.invoice_date or FIRST_DAY)
        if ends_by is not None and on > ends_by:
            return False
        # Nothing is recorded before what it refers to, nor after the void that took it off again.
        late = on + timedelta(days=self.random.choice((0, 0, 2, 15)))
        recorded = on if ends_by else max(late, document.recorded)
        by_payment = self.random.random() < 0.6
        stays = ends_by is None and self.random.random() < 0.8
        off = ends_by or self._day(on)
        kind = "payment" if by_payment else "credit"
        events = [Application(kind, -part, on, moment(recorded))]
        if not stays:
            events.append(Application(kind, part, off, moment(max(off, recorded))))
        if not document.holds(*events):
            return False
        # Sometimes a payment brings more than is owed, and some of that is given back.
        over = Decimal(self.random.choice((0, 0, 20))) if by_payment else ZERO
        source = Source(document.account, document.owner, document.currency, part + over, on, moment(recorded))
        key = self._write_source(source, by_payment=by_payment, recorded=recorded)
        applied = self.build.apply(
            document.key,
            str(part),
            on=on.isoformat(),
            account=document.account,
            currency=document.currency,
            recorded=recorded.isoformat(),
            payment=key if by_payment else None,
            credit_memo=None if by_payment else key,
        )
        self._note(document, source, events[0])
        if over:
            self._give_back(source, key, over, earliest=on, recorded=recorded)
        if stays:
            return True
        self.build.apply(
            document.key,
            str(part),
            on=off.isoformat(),
            account=document.account,
            currency=document.currency,
            recorded=max(off, recorded).isoformat(),
            payment=key if by_payment else None,
            credit_memo=None if by_payment else key,
            takes_back=applied,
        )
        self._note(document, source, events[1])
        return False

    def _give_back(self, source: Source, key: int, over: Decimal, *, earliest: date, recorded: date) -> None:
        """Give a part of a payment back; some refunds are canceled again."""
        on = self._day(earliest)
        known = max(on + timedelta(days=self.random.choice((0, 4))), recorded)
        canceled = self._day(known) if self.random.random() < 0.4 else None
        amount = Decimal(self.random.randrange(1, int(over) + 1))
        self.build.refund(
            key,
            source.account,
            str(amount),
            on=on.isoformat(),
            currency=source.currency,
            recorded=known.isoformat(),
            canceled=canceled.isoformat() if canceled else None,
        )
        gone_at = moment(canceled) if canceled else None
        source.refunds.append(GivenBack(amount, on, moment(known), canceled, gone_at))

    def _loose_source(self, account: int, owner: int | None) -> None:
        """Money or credit that is never applied; some of it is withdrawn again."""
        on = self._day()
        recorded = on + timedelta(days=self.random.choice((0, 5)))
        withdrawn = self._day(recorded) if self.random.random() < 0.4 else None
        source = Source(account, owner, "EUR", Decimal(25), on, moment(recorded), withdrawn)
        self._write_source(source, by_payment=self.random.random() < 0.5, recorded=recorded)

    def _write_source(self, source: Source, *, by_payment: bool, recorded: date) -> int:
        self.sources.append(source)
        withdrawn = source.withdrawn.isoformat() if source.withdrawn else None
        if by_payment:
            return self.build.payment(
                source.account,
                str(source.amount),
                on=source.on.isoformat(),
                currency=source.currency,
                recorded=recorded.isoformat(),
                canceled=withdrawn,
            )
        return self.build.credit_memo(
            source.account,
            str(source.amount),
            on=source.on.isoformat(),
            currency=source.currency,
            recorded=recorded.isoformat(),
            voided=withdrawn,
        )

    @staticmethod
    def _note(document: Document, source: Source, application: Application) -> None:
        document.applications.append(application)
        source.applications.append(application)


Figures = dict[tuple[int | None, str], tuple[list[Decimal], Decimal]]


def aged(ledger: RandomLedger, request: AgingRequest, *, by_owner: bool = False) -> Figures:
    """What the domain makes of a ledger: by account (or owner) and currency, the buckets and what is unapplied."""
    figures: Figures = {}

    def add(key: int | None, currency: str, bucket: int | None, amount: Decimal) -> None:
        buckets, unapplied = figures.setdefault((key, currency), ([ZERO] * len(request.buckets), ZERO))
        if bucket is None:
            figures[key, currency] = (buckets, unapplied + amount)
        else:
            buckets[bucket] += amount

    for one in ledger.invoices:
        stands = settle(one.posting, one.applications, as_of=request.as_of, known_on=request.known_on)
        for due, amount in one.parts(stands.balance):
            day = due if request.basis is Basis.DUE else one.posting.invoice_date
            assert day is not None
            bucket = request.buckets.index(days_overdue(day, request.as_of))
            add(one.owner if by_owner else one.account, one.currency, bucket, amount)
    for source in ledger.sources:
        rest = source.left(request.as_of, request.known_on)
        add(source.owner if by_owner else source.account, source.currency, None, -rest)
    return {key: value for key, value in figures.items() if any(value[0]) or value[1]}
