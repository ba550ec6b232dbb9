"""A proposed letter as the PDF it would be, to look at before it is issued; it numbers, keeps and writes nothing."""

from collections.abc import Mapping

from duedesk.actions.dunning.charging import NumberedLetter, with_charges
from duedesk.actions.dunning.composing import compose, sender_of
from duedesk.actions.letter_texts import Texts
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_pdf import render_dunning_letter
from duedesk.domain.dunning.proposal import Proposal

NOT_NUMBERED = "PREVIEW"
"""Stands for the number of a letter that is only looked at, in its payment reference too: letters and digits."""


def preview(
    workspace: Workspace,
    proposal: Proposal,
    letter_key: str,
    addresses: Mapping[str, str] | None = None,
    *,
    texts: Texts | None = None,
    waivers: Mapping[str, str] | None = None,
) -> bytes:
    """Give a proposed letter as the PDF it would be, without a number; LookupError where it is not in the proposal.

    `addresses` are those chosen by hand, as lines, by letter; `texts` stand in place of those that hold now;
    `waivers` say by letter why it charges nothing.
    """
    letter = proposal.by_key[letter_key]
    one = Proposal(proposal.as_of, (letter,), (), proposal.policies)
    with workspace.book.reading() as connection:
        sender = sender_of(connection, letterhead(workspace.book), workspace.world.user, addresses)
        charged = with_charges(connection, one, waivers)
        (shown,) = charged.proposal.letters
        numbered = NumberedLetter(0, NOT_NUMBERED, shown, one.level_of(shown), charged.interest.get(letter_key))
        (document,) = compose(connection, sender, charged.proposal, [numbered], texts)
    return render_dunning_letter(document)
