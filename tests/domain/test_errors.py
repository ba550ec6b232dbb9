"""What is wrong, in the words a person reads."""

import pytest

from duedesk.domain.errors import BookError, Cancelled, DuedeskError, Problem, Question, RequestError, Severity


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    error = BookError("There is no book north.duedesk.", "`duedesk demo FILE` makes a sample.")
    assert error.message == "There is no book north.duedesk."
    assert error.hint == "`duedesk demo FILE` makes a sample."
    assert str(error) == "There is no book north.duedesk. `duedesk demo FILE` makes a sample."


def test_an_error_without_a_hint_is_one_sentence() -> None:
    assert str(RequestError("“31/02” is not a date.")) == "“31/02” is not a date."


@pytest.mark.parametrize("kind", [BookError, RequestError, Question, Cancelled])
def test_whatever_a_person_can_mend_is_caught_by_one_name(kind: type[DuedeskError]) -> None:
    with pytest.raises(DuedeskError):
        raise kind("Something is in the way.")


def test_what_was_stopped_on_request_says_that_nothing_was_changed() -> None:
    assert str(Cancelled()) == "Stopped; nothing was changed."


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Problem("march.csv", "“31/02/2026” is not a date.", "Write 28/02/2026.", row=17, column="DueDate"),
            "march.csv, row 17, column DueDate: “31/02/2026” is not a date. Write 28/02/2026.",
        ),
        (
            Problem("march.csv", "There are two columns of this name.", column="Amount"),
            "march.csv, column Amount: There are two columns of this name.",
        ),
        (Problem("march.csv", "The file is empty."), "march.csv: The file is empty."),
    ],
)
def test_a_problem_names_the_file_the_row_and_the_column(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_a_problem_keeps_its_row_out_unless_it_says_otherwise() -> None:
    assert Problem("march.csv", "The file is empty.").severity is Severity.ERROR
    assert [str(severity) for severity in Severity] == ["error", "question", "warning"]
