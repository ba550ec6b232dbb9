"""The section of late interest: which profile applies to customers of which country, and until when rates are known."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.interest.choosing import LONGEST_BASIS, choose_late_interest
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.workspace import Workspace
from duedesk.desk.amount_entry import read_figure
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.days import in_words
from duedesk.domain.interest.accrual import Fixing
from duedesk.domain.interest.profiles import ELSEWHERE, LateChoice, LateProfile, LateRules, NoInterest

_NOTHING_CHARGED = "Nothing is charged"
_FIXED = {
    Fixing.FLOATING: "by half-year",
    Fixing.AT_DUE: "as it was when interest began",
    Fixing.AT_PAYMENT: "as it is on the day of payment",
}


@dataclass(frozen=True, slots=True)
class _Held:
    country: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class _Beside:
    rules: LateRules


class LateInterestSection(Section):
    """Profiles by country."""

    name = "Late interest"
    nouns = ("country", "countries")
    new = "Another country…"
    remark = "A dunning level that charges interest charges it by the profile of the customer's country."
    nothing = "No country has a profile."
    concerns = ("Setting", "ReferenceRate")
    columns = (
        text_column("Country", "Country", 120),
        text_column("Businesses", "Businesses", 136),
        text_column("Rates", "Rates", 160),
        text_column("Consumers", "Consumers", 92),
        text_column("Profile", "Profile", 170, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read what applies to each country."""
        rules, today = workspace.ask(late_rules), workspace.world.today()
        entries = tuple(_entry(rules, country, today) for country in rules.countries())
        warnings = rules.rates.warnings(today)
        return Content(entries, _Beside(rules), " ".join((*warnings, self.remark)))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of a country."""
        held = None if entry is None else entry.held
        rules = content.beside.rules if isinstance(content.beside, _Beside) else None
        if rules is None:
            raise LookupError("the rules were not read")
        return CountryForm(held.country if isinstance(held, _Held) else None, rules)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Take back what was chosen."""
        held = entry.held
        if not isinstance(held, _Held) or not held.is_chosen:
            return None
        return "As it was", partial(choose_late_interest, country=held.country, choice=None)


class CountryForm(VerbPanel):
    """The profile of a country, a rate of one's own, and whether consumers are charged; what the profile rests on."""

    def __init__(self, country: str | None, rules: LateRules) -> None:
        super().__init__("Another country" if country is None else rules.name_of(country), "Save")
        self._country, self._rules = country, rules
        choice = rules.choice(country or ELSEWHERE)
        self.country = QLineEdit()
        self.country.setMaxLength(80)
        self.country.setPlaceholderText("CH")
        profiles: list[tuple[str, object]] = [(_NOTHING_CHARGED, "")]
        profiles += [(one.name, code) for code, one in sorted(rules.profiles.items(), key=lambda each: each[1].name)]
        self.profile = Choice(profiles, choice.profile)
        self.percent = QLineEdit("" if choice.percent is None else f"{choice.percent:f}")
        self.basis = QLineEdit(choice.basis)
        self.basis.setMaxLength(LONGEST_BASIS)
        self.consumers = Tick("Charge consumers")
        self.consumers.setChecked(choice.charges_consumers)
        if country is None:
            self.add_field("Country", self.country, "Its code of two letters.")
        self.add_field("Profile", self.profile)
        self.add_field(
            "Own rate, percent a year",
            self.percent,
            "What the contract says, in place of the profile's rate.",
        )
        self.add_field("Own wording", self.basis, "What the letter says it rests on, in place of the profile's words.")
        self.fields.addWidget(self.consumers)
        self.about = plain_label("", Role.SMALL, wraps=True, selectable=True)
        self.fields.addSpacing(6)
        self.fields.addWidget(self.about)
        self.profile.currentIndexChanged.connect(lambda _: self._tell())
        self._tell()

    def first_field(self) -> QWidget:
        """Begin at what is not known yet."""
        return self.country if self._country is None else self.profile

    def gather(self) -> Store:
        """Give what stores the choice; RequestError where the rate is none."""
        percent = read_figure(self.percent.text(), "rate in percent")
        choice = LateChoice(str(self.profile.currentData()), percent, self.consumers.isChecked(), self.basis.text())
        country = self.country.text() if self._country is None else self._country
        return partial(choose_late_interest, country=country, choice=choice)

    def _tell(self) -> None:
        profile = self._rules.profiles.get(str(self.profile.currentData()))
        self.consumers.setEnabled(profile is not None and profile.consumer is not None)
        for field in (self.percent, self.basis):
            field.setEnabled(profile is not None)
        self.about.setText("" if profile is None else _about(profile))


def _about(profile: LateProfile) -> str:
    """Say what a profile rests on, as of when, and what it asks for."""
    lines = [] if profile.business is None else [f"{profile.business.basis}, {_FIXED[profile.business.fixing]}."]
    if profile.consumer is not None:
        lines.append(f"Consumers: {profile.consumer.basis}.")
    if profile.tiers:
        sums = ", ".join(f"{tier.amount:f}" for tier in profile.tiers)
        by = "" if len(profile.tiers) == 1 else ", by the size of the debt"
        lines.append(f"Lump sum for a late invoice: {sums} {profile.currency}{by}.")
    if profile.remark:
        lines.append(profile.remark)
    lines.append(f"{profile.source}; as of {in_words(profile.as_of)}.")
    return "\n\n".join(lines)


def _entry(rules: LateRules, country: str, today: date) -> Entry:
    profile, is_chosen = rules.profile(country), country in rules.choices
    name = "none" if profile is None else profile.name
    texts = (
        rules.name_of(country) if country else "All others",
        rules.in_short(country, is_consumer=False),
        _rates(rules, country, today),
        rules.in_short(country, is_consumer=True),
        f"{name} · chosen here" if is_chosen else name,
    )
    return Entry(texts, _Held(country, is_chosen))


def _rates(rules: LateRules, country: str, today: date) -> str:
    """Say until when a rate is known, or since when none is; nothing where none is needed."""
    terms = rules.terms(country, is_consumer=False)
    if isinstance(terms, NoInterest) or not terms.series:
        return ""
    last = rules.rates.known_until(terms.series)
    if last is None:
        return "" if rules.rates.of(terms.series) else "missing"
    return f"until {_month(last)}" if last >= today else f"missing: {_month(last + timedelta(days=1))}"


def _month(day: date) -> str:
    """Write a month: `Jul 2026`."""
    return in_words(day)[3:]
