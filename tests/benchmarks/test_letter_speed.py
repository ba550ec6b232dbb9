"""A thousand letters with their payment codes in one PDF for the printer, against setting the same data and no more."""

import json
import resource
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import typst

from benchmarks.ratios import measure, note
from documents.dunning_samples import EURO, LENOIR, bare, section
from documents.samples import AS_OF
from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.dunning_pdf import printed_content, render_dunning_letter
from duedesk.documents.dunning_wording import Kind, shipped_text, worded
from duedesk.documents.merging import merge_letters
from duedesk.documents.payment_codes import payment_of
from duedesk.documents.typesetter import font_book
from duedesk.documents.wording import parse_wording
from duedesk.resources import resource as shipped

pytestmark = pytest.mark.bench

LETTERS = 1_000


def letters() -> Iterator[DunningLetter]:
    """Second reminders, each to another account and with a code of its own."""
    wording = parse_wording(shipped_text("en", Kind.LEVEL_2), "en/level-2")
    one = section()
    for index in range(LETTERS):
        number = f"DL-2026-{index:05}"
        paid = replace(one, payment=payment_of(number, one.to_pay, "EUR", EURO))
        to = (f"Account {index} Ltd", *LENOIR[1:])
        yield worded(bare(paid, number=number, recipient_lines=to, account_name=to[0]), wording)


def test_a_thousand_letters_take_little_more_than_setting_them(tmp_path: Path) -> None:
    data = [json.dumps(printed_content(letter)) for letter in letters()]
    source = shipped("letters", "dunning.typ").read_bytes()
    stamp = datetime.combine(AS_OF, time(12), UTC)

    def ours() -> None:
        merge_letters(map(render_dunning_letter, letters()), tmp_path / "all.pdf")

    def bare_loop() -> None:
        compiler = typst.Compiler(root=shipped("letters"), font_paths=font_book())
        for one in data:
            compiler.compile(source, format="pdf", sys_inputs={"data": one}, pdf_standards=["ua-1"], timestamp=stamp)

    bare_loop()  # so that what typst remembers is there, and what is measured below is ours
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ratio = measure(
        "1,000 letters with code, one PDF", ours, "the bare typst loop", bare_loop, runs=1, warm=0, bound=1.5
    )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    note("1,000 letters in one PDF: memory beyond typst's own", grown, "MB", bound=100)
    assert ratio.holds
