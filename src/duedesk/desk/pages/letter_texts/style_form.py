"""The form of how letters look and where they ask to be paid: logo, colour, window, accounts; it stores nothing."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from duedesk.actions.letter_style import LetterStyle
from duedesk.desk.pages.letter_texts.words import LANGUAGE_NAMES
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.documents.dress import Dress, Window
from duedesk.documents.payment_codes import Account, Party
from duedesk.domain.errors import RequestError

_WINDOWS = {
    Window.DIN_B: "DIN 5008 B, A4",
    Window.DIN_A: "DIN 5008 A, A4",
    Window.FRENCH: "French, A4",
    Window.US: "American, US Letter",
}
_HOLDER = {
    "name": "Holder",
    "street": "Street",
    "house_number": "House number",
    "postal_code": "Postal code",
    "town": "Town",
    "country": "Country",
}
_LARGEST_LOGO = 5_000_000


class StyleForm(VerbPanel):
    """One account at a time, by its currency; what is typed into another one stays."""

    def __init__(self, style: LetterStyle) -> None:
        super().__init__("Style of letters", "Save")
        self._style, self._accounts = style, dict(style.accounts)
        self._logo = style.dress.logo
        self.logo_words = plain_label("", Role.QUIET)
        self.colour = QLineEdit(style.dress.colour)
        self.colour.setPlaceholderText("#1F4E79")
        self.window_place = Choice([(name, one) for one, name in _WINDOWS.items()], style.dress.window)
        self.language = Choice([(name, code) for code, name in LANGUAGE_NAMES.items()], style.dress.language)
        self.link = QLineEdit(style.link)
        self.link.setPlaceholderText("https://pay.example.com/$letter")
        self._add_logo()
        self.add_field("Colour", self.colour, "Of the sender's name. Empty: black.")
        self.add_field("Window of the envelope", self.window_place)
        self.add_field("Language where none is known", self.language)
        self.add_field("Payment link", self.link, "May name $letter, $amount and $currency.")
        self.currency = Choice([(code, code) for code in (*self._accounts,) or ("EUR",)])
        self.currency.setEditable(True)
        self.currency.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.add_field("Bank account for", self.currency, "Another currency is typed in. An empty IBAN takes it away.")
        self.iban, self.bic = QLineEdit(), QLineEdit()
        self.add_field("IBAN", self.iban)
        self.add_field("BIC", self.bic)
        self.holder = {name: QLineEdit() for name in _HOLDER}
        for name, field in self.holder.items():
            self.add_field(_HOLDER[name], field)
        self._shown = str(self.currency.chosen)
        self._show_account()
        self.currency.currentTextChanged.connect(lambda _: self._turn())
        self._begun = self._typed()

    def first_field(self) -> QWidget:
        """Begin at the colour."""
        return self.colour

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return self._typed() != self._begun

    def gather(self) -> LetterStyle:
        """Give the style as it is typed; RequestError where the logo or the colour is none."""
        self._keep_account()
        dress = Dress(
            self._logo,
            self.colour.text().strip(),
            Window(str(self.window_place.chosen)),
            str(self.language.chosen),
        )
        return replace(self._style, dress=dress, accounts=dict(self._accounts), link=self.link.text().strip())

    def take_logo(self, path: Path) -> None:
        """Take a picture as the logo; it is looked at when it is saved."""
        try:
            if path.stat().st_size > _LARGEST_LOGO:
                raise RequestError(f"{path.name} is too large for a logo.", "Save it smaller.")
            self._logo = path.read_bytes()
        except OSError as error:
            self.show_fault(RequestError(f"{path.name} cannot be read: {error.strerror}."))
        except RequestError as error:
            self.show_fault(error)
        self._tell_logo()

    def _add_logo(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.logo_words, 1)
        line.addWidget(button("Choose…", self._ask_logo))
        line.addWidget(button("None", self._drop_logo))
        self.fields.addWidget(plain_label("Logo, PNG or SVG", Role.QUIET))
        self.fields.addLayout(line)
        self.fields.addSpacing(6)
        self._tell_logo()

    def _ask_logo(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Logo", "", "Pictures (*.png *.svg)")
        if chosen:
            self.take_logo(Path(chosen))

    def _drop_logo(self) -> None:
        self._logo = b""
        self._tell_logo()

    def _tell_logo(self) -> None:
        self.logo_words.setText(f"{len(self._logo):,} bytes" if self._logo else "No logo")

    def _turn(self) -> None:
        self._keep_account()
        self._shown = self.currency.currentText().strip().upper()
        self._show_account()

    def _keep_account(self) -> None:
        code = self._shown
        if not self.iban.text().strip():
            self._accounts.pop(code, None)
            return
        holder = Party(**{name: field.text().strip() for name, field in self.holder.items()})
        self._accounts[code] = Account(holder, self.iban.text().strip(), self.bic.text().strip(), code)

    def _show_account(self) -> None:
        held = self._accounts.get(self._shown)
        self.iban.setText("" if held is None else held.iban)
        self.bic.setText("" if held is None else held.bic)
        for name, field in self.holder.items():
            field.setText("" if held is None else str(getattr(held.holder, name)))

    def _typed(self) -> tuple[object, ...]:
        lines = (self.colour, self.link, self.iban, self.bic, *self.holder.values())
        return (self._logo, *(one.text() for one in lines), self.window_place.chosen, self.language.chosen)
