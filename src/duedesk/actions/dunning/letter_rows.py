"""Rows of a run, its letters and their items, written inside an action; what they say was decided before."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.charging import NumberedLetter
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.money import ZERO
from duedesk.store.bulk import Keys
from duedesk.store.settlement import chosen
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_reset, dunning_run


def write_run(act: Deed, key: int, name: str, proposal: Proposal, said: Mapping[str, Any]) -> None:
    """Write a run that issues its letters now; `said` are the columns that only whoever issues knows."""
    policies = dict.fromkeys(proposal.policies[letter.policy_key].name for letter in proposal.letters)
    act.connection.execute(
        insert(dunning_run).values(
            id=key,
            name=name,
            run_date=proposal.as_of,
            status="Issued",
            policies=", ".join(policies) or None,
            letter_count=len(proposal.letters),
            item_count=sum(len(letter.items) for letter in proposal.letters),
            started_by=act.world.user,
            started_at=act.now,
            completed_at=act.now,
            journal_id=act.journal_id,
            **said,
        )
    )
    act.made("DunningRun", key)


def write_letters(
    act: Deed,
    run_key: int,
    proposal: Proposal,
    letters: Sequence[NumberedLetter],
    invoices: Mapping[int, tuple[int | None, int | None]],
) -> None:
    """Write letters with their items; `invoices` are those over fee and interest by letter."""
    if not letters:
        return
    rows = [_letter(act, run_key, proposal, one, *invoices.get(one.key, (None, None))) for one in letters]
    act.connection.execute(insert(dunning_letter), rows)
    for one in letters:
        act.made("DunningLetter", one.key)
    items = [{**row, "journal_id": act.journal_id} for row in _items(act.connection, letters)]
    keys = Keys(act.connection).take(dunning_letter_item, len(items))
    act.connection.execute(
        insert(dunning_letter_item), [{"id": key, **row} for key, row in zip(keys, items, strict=True)]
    )
    for key in keys:
        act.made("DunningLetterItem", key)


def as_json(said: Mapping[str, Any]) -> str:
    """Write what was decided on a run as it is kept."""
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, sort_keys=True)


def _letter(
    act: Deed, run_key: int, proposal: Proposal, one: NumberedLetter, fee_key: int | None, interest_key: int | None
) -> dict[str, Any]:
    letter = one.letter
    until = None if one.interest is None or not one.interest.charged.counts_as_charged else proposal.as_of
    return {
        "id": one.key,
        "number": one.number,
        "dunning_run_id": run_key,
        "account_id": letter.account_key,
        "currency_iso_code": letter.currency,
        "dunning_policy_id": letter.policy_key,
        "level": letter.level,
        "is_courtesy": letter.is_courtesy,
        "letter_date": proposal.as_of,
        "deadline": letter.deadline,
        "principal": letter.principal,
        "fee": letter.fee,
        "interest": letter.interest,
        "unapplied": letter.unapplied,
        "total": letter.total,
        "fee_invoice_id": fee_key,
        "interest_invoice_id": interest_key,
        "interest_until": until,
        "status": "Issued",
        "channel": letter.channel,
        "address": letter.address or None,
        "language_code": letter.to.language_code or None,
        "contact_id": letter.to.contact_key,
        "note": letter.note or None,
        "issued_at": act.now,
        "issued_by": act.world.user,
        "journal_id": act.journal_id,
    }


def _items(connection: Connection, letters: Sequence[NumberedLetter]) -> list[dict[str, Any]]:
    keys = {item.invoice_key for one in letters for item in one.letter.items}
    episodes = _episodes(connection, keys)
    rows: list[dict[str, Any]] = []
    for one in letters:
        same = {"dunning_letter_id": one.key, "currency_iso_code": one.letter.currency}
        rows += [
            {
                **same,
                "invoice_id": item.invoice_key,
                "due_date": item.due_date,
                "days_overdue": item.days_overdue,
                "balance": item.balance,
                "contested_amount": item.contested,
                "promised_amount": item.promised,
                "asked_amount": item.asked,
                "level_before": item.level_before,
                "level_after": item.level_after,
                "episode": episodes.get(item.invoice_key, 0),
            }
            for item in one.letter.items
        ]
        rows += [
            {
                **same,
                "invoice_id": listed.invoice_key,
                "due_date": listed.due_date,
                "days_overdue": min(0, (one.letter.deadline - listed.due_date).days),
                "balance": listed.balance,
                "contested_amount": ZERO,
                "promised_amount": ZERO,
                "asked_amount": ZERO,
                "level_before": 0,
                "level_after": None,
                "episode": 0,
            }
            for listed in one.letter.not_due_items
        ]
    return rows


def _episodes(connection: Connection, keys: set[int]) -> dict[int, int]:
    """Give by invoice how often its level was set by hand; of most it never was."""
    one = dunning_reset.c
    counted = select(one.invoice_id, func.count()).where(chosen(connection, one.invoice_id, keys))
    return {row[0]: row[1] for row in connection.execute(counted.group_by(one.invoice_id))}
