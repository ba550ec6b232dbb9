"""Dunning policies as they are stored, with levels and amounts; which of them an invoice has is a rule's to say."""

from decimal import Decimal

from sqlalchemy import Connection, Row, select

from duedesk.domain.dunning.policy import Fee, Policy, PolicyLevel
from duedesk.domain.errors import RequestError
from duedesk.store.tables.dunning import dunning_level, dunning_level_amount, dunning_policy

_Amounts = dict[int, dict[str, tuple[Decimal, Decimal]]]


def policies(connection: Connection) -> tuple[Policy, ...]:
    """Give all policies: the default first, then by name."""
    found = connection.execute(select(dunning_policy).order_by(dunning_policy.c.name, dunning_policy.c.id)).all()
    amounts: _Amounts = {}
    for row in connection.execute(select(dunning_level_amount).order_by(dunning_level_amount.c.currency_iso_code)):
        by_currency = amounts.setdefault(row.dunning_level_id, {})
        by_currency[row.currency_iso_code] = (row.minimum_amount, row.fee_amount)
    levels: dict[int, list[PolicyLevel]] = {}
    for row in connection.execute(select(dunning_level).order_by(dunning_level.c.number)):
        levels.setdefault(row.dunning_policy_id, []).append(_level(row, amounts.get(row.id, {})))
    every = [_policy(row, tuple(levels.get(row.id, ()))) for row in found]
    return tuple(sorted(every, key=lambda one: not one.is_default))


def policy_called(connection: Connection, name: str) -> Policy:
    """Give a policy by its name, whatever its case; RequestError where there is none."""
    wanted, every = name.strip().casefold(), policies(connection)
    for one in every:
        if one.name.casefold() == wanted:
            return one
    names = ", ".join(one.name for one in every) or "none"
    raise RequestError(f"There is no dunning policy “{name}”.", f"There are: {names}.")


def _policy(row: Row[tuple[object, ...]], levels: tuple[PolicyLevel, ...]) -> Policy:
    said = row._mapping  # noqa: SLF001 - its public name
    return Policy(
        key=said["id"],
        name=said["name"],
        levels=levels,
        letter_per=said["letter_per"],
        catches_up=said["catches_up"],
        whole_account_at_highest=said["whole_account_at_highest"],
        is_default=said["is_default"],
        account_type=said["account_type"],
        description=said["description"] or "",
        duns_charges=said["duns_charges"],
        charges_consumers=said["charges_consumers"],
        promise_grace_days=said["promise_grace_days"],
        is_active=said["is_active"],
        version=said["version"],
    )


def _level(row: Row[tuple[object, ...]], amounts: dict[str, tuple[Decimal, Decimal]]) -> PolicyLevel:
    said = row._mapping  # noqa: SLF001 - its public name
    fee = None
    if said["fee_kind"] is not None:
        fees = {currency: amount for currency, (_, amount) in amounts.items() if amount}
        fee = Fee(said["fee_kind"], said["fee_per"], said["fee_percent"], fees)
    return PolicyLevel(
        number=said["number"],
        name=said["name"],
        days_overdue=said["days_overdue"],
        grace_days=said["grace_days"],
        interval_days=said["interval_days"],
        minimums={currency: minimum for currency, (minimum, _) in amounts.items() if minimum},
        fee=fee,
        charges_interest=said["charges_interest"],
        deadline_days=said["deadline_days"],
        channel=said["channel"],
        tone=said["tone"],
        lists_not_due=said["lists_not_due"],
        at_the_end=said["at_the_end"],
        is_courtesy=said["is_courtesy"],
        is_active=said["is_active"],
        may_be_jumped_to=said["may_be_jumped_to"],
    )
