"""Letters in one file for the folding machine: each on a front page, in the order given, ended by whoever watches."""

import io
from pathlib import Path

import pikepdf
import pytest

from documents.dunning_samples import dunning, full
from documents.samples import texts
from duedesk.documents.dress import Dress, Window
from duedesk.documents.dunning_pdf import render_dunning_letter
from duedesk.documents.merging import merge_letters
from duedesk.documents.pages import page_count
from duedesk.domain.errors import Cancelled, RequestError


def test_each_letter_begins_on_a_front_page_and_follows_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duedesk.documents.merging._LETTERS_A_PART", 2)  # so that three are two parts
    one = render_dunning_letter(dunning(number="DL-1", dress=Dress(window=Window.US)))
    two = render_dunning_letter(dunning(full(), number="DL-2"))
    assert (page_count(one), page_count(two)) == (1, 2)
    done: list[int] = []
    merged = merge_letters([one, two, one], tmp_path / "all.pdf", title="Letters", progress=done.append)
    assert (merged.letters, merged.pages, done) == (3, 6, [1, 2, 3])
    pages = texts((tmp_path / "all.pdf").read_bytes())
    assert [("DL-1" in page, "DL-2" in page) for page in pages] == [
        *((True, False), (False, False), (False, True), (False, True), (True, False), (False, False)),
    ]
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == "Letters"
        assert pdf.pages[1].mediabox == pdf.pages[0].mediabox
    assert merge_letters([one, two], tmp_path / "one-sided.pdf", is_duplex=False).pages == 3


def test_what_only_looks_like_a_reference_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duedesk.documents.merging._LETTERS_A_PART", 1)
    said = ("7 0 R (12 0 R) \\ <4 0 R>", "\n5 0 R\nstream\n", "Ж 3 0 R")
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj["/Notes"] = pdf.make_indirect(pikepdf.Array([pikepdf.String(one) for one in said]))
        page.obj["/Figures"] = pikepdf.Array([1, 0, 0, pdf.make_indirect(pikepdf.Dictionary(A=1))])
        pdf.save(made := io.BytesIO())
    merge_letters([made.getvalue()] * 2, tmp_path / "all.pdf", is_duplex=False)
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        for page in pdf.pages:
            assert tuple(map(str, page.obj["/Notes"])) == said
            assert int(page.obj["/Figures"][3]["/A"]) == 1


def test_merging_is_ended_by_whoever_watches_and_nothing_is_left(tmp_path: Path) -> None:
    def end(_: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        merge_letters([render_dunning_letter(dunning())] * 2, tmp_path / "all.pdf", progress=end)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RequestError, match="no letter to print"):
        merge_letters([], tmp_path / "all.pdf")
    with pytest.raises(RequestError, match="Letter 1 of those to print cannot be read"):
        merge_letters([b"%PDF-nothing"], tmp_path / "all.pdf")
