"""Which charts the aging page has, as names; it draws none."""

from enum import Enum


class ChartKind(Enum):
    """One of the charts over the aging: the word on its chip, and its title."""

    TREND = ("Over time", "Receivables by month end")
    ACCOUNTS = ("By {group}", "Receivables by {group}")
    CONCENTRATION = ("Concentration", "Who owes most")
    MONTHS = ("DSO, CEI", "DSO and CEI by month")
    HABITS = ("Days to pay", "Days to pay, by account")

    def chip(self, group: str) -> str:
        """Give the word on its chip; `group` is what a row of the aging stands for."""
        return self.value[0].replace("{group}", group)

    def title(self, group: str) -> str:
        """Give its title."""
        return self.value[1].replace("{group}", group)

    @property
    def slides(self) -> bool:
        """Tell whether it is redrawn while the day moves; the others wait until the day stands."""
        return self in {ChartKind.TREND, ChartKind.ACCOUNTS, ChartKind.CONCENTRATION}
