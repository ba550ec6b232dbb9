"""The form of the mail server: host, encryption, login, sender, pace; it may be tried with a message as it is saved."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from duedesk.actions.delivering.setting_up import GivenSecrets, set_up_mail
from duedesk.desk.pages.settings.section import Store
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Login, MailServer, Security, check_server

_SECURITY = (
    ("STARTTLS, often port 587", Security.STARTTLS),
    ("TLS, often port 465", Security.TLS),
    ("None, on this machine alone", Security.NONE),
)
_LOGIN = (
    ("Password", Login.PASSWORD),
    ("Token (XOAUTH2)", Login.XOAUTH2),
    ("None", Login.NONE),
)
_USUAL_PORTS = {Security.STARTTLS: "587", Security.TLS: "465", Security.NONE: "25"}


class MailForm(VerbPanel):
    """Fields that a way of logging in has no use for are hidden; a secret that is kept is not shown and stays."""

    def __init__(self, held: MailServer | None, *, as_issued: bool = True) -> None:
        super().__init__("Mail", "Save", "A password that is left empty stays as it is kept.")
        server = held or MailServer("", "")
        self._held = server
        self.host, self.port = QLineEdit(server.host), QLineEdit(str(server.port))
        self.security = Choice(_SECURITY, server.security)
        self.from_address, self.from_name = QLineEdit(server.sender), QLineEdit(server.sender_name)
        self.reply_to = QLineEdit(server.reply_to)
        self.login, self.user = Choice(_LOGIN, server.login), QLineEdit(server.user)
        self.secret, self.client_secret = _secret(), _secret()
        self.token_url, self.client_id = QLineEdit(server.token_url), QLineEdit(server.client_id)
        self.scope = QLineEdit(server.scope)
        self.per_minute = QLineEdit(str(server.per_minute))
        self.as_issued = Tick("Queue letters as they are issued")
        self.as_issued.setChecked(as_issued)
        self.test_button = button("Save, and send a test", self.test)
        self._lay_out()
        self.security.activated.connect(lambda _: self._follow_security())
        self.login.activated.connect(lambda _: self._follow_login())
        self._begun = self._typed()
        self._follow_login()

    def first_field(self) -> QWidget:
        """Begin at the server."""
        return self.host

    def last_field(self) -> QWidget:
        """End at what sends a test."""
        return self.test_button

    def gather(self) -> Store:
        """Give what stores the settings; RequestError where one cannot be."""
        return self._store("")

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return self._typed() != self._begun

    def test(self) -> None:
        """Save it, and send a message to the sender."""
        try:
            store = self._store(check_server(self.server()).sender)
        except RequestError as error:
            self.show_fault(error)
            return
        self.show_fault(None)
        self.set_busy(busy=True)
        self.asked.emit(store)

    def server(self) -> MailServer:
        """Give the server as the fields say it; RequestError where a figure is none."""
        user = self.user.text().strip()
        login = Login(str(self.login.chosen))
        return replace(
            self._held,
            host=self.host.text().strip(),
            port=_figure(self.port, "a port"),
            security=Security(str(self.security.chosen)),
            sender=self.from_address.text().strip(),
            sender_name=self.from_name.text().strip(),
            reply_to=self.reply_to.text().strip(),
            login=login,
            user=user if user or login is Login.NONE else self.from_address.text().strip(),
            token_url=self.token_url.text().strip(),
            client_id=self.client_id.text().strip(),
            scope=self.scope.text().strip(),
            per_minute=_figure(self.per_minute, "a pace"),
        )

    def _store(self, test_to: str) -> Store:
        server = check_server(self.server())
        given = GivenSecrets(self.secret.text(), self.client_secret.text())
        return partial(set_up_mail, server=server, given=given, as_issued=self.as_issued.isChecked(), test_to=test_to)

    def _lay_out(self) -> None:
        self.add_field("Server", self.host)
        self.add_field("Encryption", self.security)
        self.add_field("Port", self.port)
        self.add_field("From, an address", self.from_address)
        self.add_field("Name beside it", self.from_name)
        self.add_field("Answers go to", self.reply_to)
        self.add_field("Login", self.login)
        self.add_field("User", self.user, "Empty: the address that letters come from.")
        self.add_field("Password or token", self.secret, "Kept by the keyring of this machine.")
        self._tokens = self._tokens_below()
        self.fields.addWidget(self._tokens)
        self.add_field("Messages a minute, at most", self.per_minute)
        self.fields.addWidget(self.as_issued)
        self.fields.addSpacing(6)
        self.fields.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _tokens_below(self) -> QWidget:
        """Make the fields that are only needed where tokens are fetched, as one that can be hidden."""
        held, whole = self.fields, QWidget()
        self.fields = QVBoxLayout(whole)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(4)
        self.add_field("Tokens are fetched at", self.token_url, "Empty: the token above is used as it is.")
        self.add_field("Client id", self.client_id)
        self.add_field("Client secret", self.client_secret)
        self.add_field("Scope", self.scope)
        self.fields = held
        return whole

    def _follow_login(self) -> None:
        login = Login(str(self.login.chosen))
        self._tokens.setVisible(login is Login.XOAUTH2)
        for field in (self.user, self.secret):
            field.setEnabled(login is not Login.NONE)

    def _follow_security(self) -> None:
        """Propose the usual port where the one of another way stands."""
        if self.port.text().strip() in _USUAL_PORTS.values():
            self.port.setText(_USUAL_PORTS[Security(str(self.security.chosen))])

    def _typed(self) -> tuple[str, ...]:
        fields = (self.host, self.port, self.from_address, self.from_name, self.reply_to, self.user, self.secret)
        tokens = (self.token_url, self.client_id, self.client_secret, self.scope, self.per_minute)
        chosen = (str(self.security.chosen), str(self.login.chosen), str(self.as_issued.isChecked()))
        return (*(one.text() for one in (*fields, *tokens)), *chosen)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _figure(field: QLineEdit, what: str) -> int:
    text = field.text().strip()
    if not text.isdecimal() or len(text) > 6:
        raise RequestError(f"“{text[:20]}” is not {what}.", "Write a whole number.")
    return int(text)
