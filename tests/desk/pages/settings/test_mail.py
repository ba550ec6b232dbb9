"""The mail server in the settings: set in one form, its password kept by the machine, and tried with a message."""

from keyring import set_keyring
from keyring.backends.fail import Keyring as NoKeyring

from connect.keyrings import KeyringOfTests
from connect.servers import odd_server, refuses
from desk.waiting import Settled
from duedesk.actions.delivering.mail_settings import mail_server, queues_as_issued
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.sending.mail_form import MailForm


def opened(page: SettingsPage, settled: Settled) -> MailForm:
    page.show_section("Mail")
    settled()
    page.edit()
    form = page.view.form
    assert isinstance(form, MailForm)
    return form


def test_a_mail_server_is_set_and_tried(
    page: SettingsPage, said: list[Said], settled: Settled, workspace: Workspace
) -> None:
    ring = KeyringOfTests()
    set_keyring(ring)
    form = opened(page, settled)
    form.host.setText("127.0.0.1")
    form.from_address.setText("us@seller.test")
    form.security.choose("none")
    form.login.choose("none")
    form.port.setText("none")
    form.do()
    assert form.fault.startswith("“none” is not a port.")
    with odd_server(refuses("us@", "550 not you")) as inbox:
        form.port.setText(str(inbox.port))
        form.test()
        settled()
        assert form.fault == "127.0.0.1 did not take the test: 550 not you."
    with odd_server() as inbox:
        form.port.setText(str(inbox.port))
        form.test()
        settled()
        assert [one.recipients for one in inbox.taken] == [("us@seller.test",)]
    assert said[-1].sentence.endswith("a test was sent to us@seller.test.")

    form = opened(page, settled)
    form.login.choose("password")
    form.secret.setText("hunter2")
    form.security.choose("tls")
    form.as_issued.setChecked(False)
    form.do()
    settled()
    assert ring.kept == {("Duedesk mail", "us@seller.test at 127.0.0.1"): "hunter2"}
    server = mail_server(workspace.book)
    assert server is not None
    assert (server.user, workspace.ask(queues_as_issued)) == ("us@seller.test", False)
    assert ("Secret", "Kept by the keyring of this machine") in [one.texts for one in page.view.content.entries]

    set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    form = opened(page, settled)
    form.secret.setText("other")
    form.do()
    settled()
    assert form.fault.startswith("This machine has no keyring")
