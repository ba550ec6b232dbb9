"""Passwords and tokens, kept by the keyring of the machine and nowhere else; where there is none they are asked for."""

from duedesk.domain.errors import DuedeskError

_OURS = "Duedesk mail"


class NoKeyring(DuedeskError):  # noqa: N818 - a machine without one is not at fault
    """This machine keeps no secrets."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            f"This machine has no keyring that could keep the password{f' ({why})' if why else ''}.",
            "It is asked for in every session.",
        )


def kept_secret(host: str, user: str) -> str | None:
    """Give the password or token of a login; None where none is kept, or the machine keeps none."""
    import keyring  # noqa: PLC0415 - not before mail is sent
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(_OURS, _called(host, user))
    except KeyringError:  # there is none, or it stays locked: who is asked can tell
        return None


def keep_secret(host: str, user: str, secret: str) -> None:
    """Keep a password or token in the machine's keyring; NoKeyring where it has none or does not take it."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415

    try:
        keyring.set_password(_OURS, _called(host, user), secret)
    except NoKeyringError:
        raise NoKeyring from None
    except KeyringError as error:
        raise NoKeyring(str(error).splitlines()[0] if str(error) else "it refused") from error


def forget_secret(host: str, user: str) -> None:
    """Take a password or token out of the keyring; nothing where it keeps none."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.delete_password(_OURS, _called(host, user))
    except KeyringError:
        return


def _called(host: str, user: str) -> str:
    return f"{user} at {host}"
