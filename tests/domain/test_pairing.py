"""What pays and what is paid are put together so that nothing is lost, nothing made up and nothing overdrawn."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from duedesk.domain.pairing import Pair, fill, pair

amounts = some.lists(some.decimals(0, 10_000, places=2), max_size=8)


def test_one_payment_pays_two_invoices_in_order() -> None:
    paired = pair([("P", Decimal(100))], [(1, Decimal(60)), (2, Decimal(40))])

    assert paired == (Pair("P", 1, Decimal(60)), Pair("P", 2, Decimal(40)))


def test_two_payments_pay_one_invoice() -> None:
    paired = pair([("P", Decimal(30)), ("Q", Decimal(70))], [(1, Decimal(100))])

    assert paired == (Pair("P", 1, Decimal(30)), Pair("Q", 1, Decimal(70)))


def test_oldest_first_gives_the_last_one_what_is_left() -> None:
    assert fill(Decimal(100), [Decimal(60), Decimal(60), Decimal(10)]) == (Decimal(60), Decimal(40), Decimal(0))


@given(amounts, amounts)
def test_the_parts_come_to_the_smaller_side_and_overdraw_neither(pays: list[Decimal], paid: list[Decimal]) -> None:
    paired = pair(list(enumerate(pays)), list(enumerate(paid)))

    assert sum(part.amount for part in paired) == min(sum(pays), sum(paid))
    assert all(part.amount > 0 for part in paired)
    assert len({(part.source, part.target) for part in paired}) == len(paired)
    for place, amount in enumerate(pays):
        assert sum(part.amount for part in paired if part.source == place) <= amount
    for place, amount in enumerate(paid):
        assert sum(part.amount for part in paired if part.target == place) <= amount


@given(some.decimals(0, 50_000, places=2), amounts)
def test_shares_come_to_the_limit_or_to_all_there_is(limit: Decimal, held: list[Decimal]) -> None:
    shares = fill(limit, held)

    assert sum(shares) == min(limit, sum(held))
    assert all(0 <= share <= amount for share, amount in zip(shares, held, strict=True))
