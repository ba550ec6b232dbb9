"""A question of the terminal becomes choices on the screen."""

from duedesk.desk.pages.importing.answers import Asked, asked_in, in_words, spoken, wants_mapping
from duedesk.domain.errors import Problem, Severity


def _asked(remedy: str, *, row: int | None = None, column: str = "") -> Asked:
    (only,) = asked_in([Problem("bills.csv", "It is in doubt.", remedy, row, column, Severity.QUESTION)])
    return only


def _values(asked: Asked) -> list[str]:
    return [choice.value for choice in asked.offered]


def test_what_the_question_offers_comes_first() -> None:
    asked = _asked("If that reads right, say --encoding cp1252; else the right one: cp1250, cp1251, mac_roman, ...")

    assert asked.option is not None
    assert asked.option.name == "encoding"
    assert _values(asked) == ["cp1252"]
    assert "cp1251" in [choice.value for choice in asked.others]


def test_both_ways_to_read_a_date_are_offered() -> None:
    asked = _asked("Say --dates day-first or --dates month-first (dates in [source] of the mapping).")

    assert _values(asked) == ["day-first", "month-first"]


def test_a_mark_in_quotes_is_one_answer() -> None:
    assert _values(_asked('Say --decimal "." or --decimal "," (decimal in [source] of the mapping).')) == [".", ","]
    assert _values(_asked('Say which: --delimiter ";" (delimiter in [source] of the mapping).')) == [";"]
    assert _values(_asked('Say which: --sheet "Open items" (sheet in [source] of the mapping).')) == ["Open items"]


def test_a_pattern_keeps_its_signs() -> None:
    assert _values(_asked("Say how it is written, such as --dates %d.%m.%y (dates in [source] of the mapping).")) == [
        "%d.%m.%y"
    ]


def test_hyphens_of_the_terminal_are_underscores_here() -> None:
    asked = _asked("Say --hidden-rows include or --hidden-rows skip (hidden_rows in [source] of the mapping).")

    assert asked.option is not None
    assert asked.option.name == "hidden_rows"
    assert [choice.words for choice in asked.offered] == ["Take them in", "Leave them out"]


def test_an_option_without_a_value_offers_what_is_usual() -> None:
    asked = _asked("Say --currency.")

    assert _values(asked) == ["EUR", "USD", "GBP"]
    assert asked.option is not None
    assert asked.option.is_open


def test_the_same_question_in_many_rows_is_asked_once() -> None:
    remedy = "Say --dates day-first or --dates month-first."
    problems = [
        Problem("bills.csv", "01/02/2026 may be either.", remedy, row, "DueDate", Severity.QUESTION)
        for row in range(2, 40)
    ]
    errors = [Problem("bills.csv", "NaN is no amount.", "Correct it.", 7, "Amount")]

    asked = asked_in([*errors, *problems])

    assert [(one.problem.row, one.count) for one in asked] == [(2, 38)]


def test_a_question_that_a_mapping_answers_leads_to_one() -> None:
    problem = Problem(
        "bills.csv",
        "No column says the amount.",
        "Give it with --mapping; the README shows one.",
        None,
        "",
        Severity.QUESTION,
    )

    assert wants_mapping(problem)
    assert asked_in([problem])[0].option is None


def test_an_answer_is_said_in_words() -> None:
    assert in_words("dates", "day-first") == "Dates: Day first: 31/12"
    assert in_words("dates", "%d.%m.%y") == "Dates: %d.%m.%y"
    assert in_words("currency", "EUR") == "Currency: EUR"


def test_a_remedy_is_said_as_the_screen_knows_it() -> None:
    assert spoken(
        "To take such invoices as settled, say --zero-totals accept (zero_totals in [source] of the mapping)."
    ) == ("To take such invoices as settled, say “Invoices over nothing: Take them in”.")
    assert spoken("Say --currency.") == "Say “Currency”."
    assert spoken("Give it with --mapping; the README shows one.") == "Give it with a mapping; the README shows one."
    assert spoken("Correct it.") == "Correct it."
