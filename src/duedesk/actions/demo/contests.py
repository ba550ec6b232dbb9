"""The sample's disputes as rows: what a customer pays short, in the customer's words, until somebody gives in."""

from duedesk.actions.demo.stage import Bill, Stage

RECORDED_BY = "Receivables team"

_REASONS = (
    ("damaged", "Quality"),
    ("price", "Price"),
    ("quantity", "Quantity"),
    ("order number", "Not ordered"),
    ("not finished", "Not delivered"),
)
"""Words of a complaint, and the reason code they come under."""


def contest(stage: Stage, bill: Bill, said: str, amount: int, days: tuple[int, int], resolution: str) -> None:
    """Write what is contested of a bill from one day on, and how it ended where that was by the as-of date."""
    received, ended = (stage.days.bank_day_after(day) for day in days)
    if received > stage.days.last or amount <= 0:
        return
    words = said.partition(": ")[2] or said
    reason = next((code for word, code in _REASONS if word in words), "Terms")
    is_over = received <= ended <= stage.days.last
    stage.rows.disputes.append(
        (
            f"{bill.number}/1",
            bill.id,
            bill.currency,
            amount,
            reason,
            words[:1].upper() + words[1:],
            stage.days.text(received),
            stage.days.moment(received, "11", 0),
            RECORDED_BY,
            stage.days.text(ended) if is_over else None,
            stage.days.moment(ended, "16", 0) if is_over else None,
            RECORDED_BY if is_over else None,
            resolution if is_over else None,
            stage.rows.journal_id,
        )
    )
