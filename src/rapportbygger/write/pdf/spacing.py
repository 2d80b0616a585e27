"""The space between two paragraphs, as Word and LibreOffice work it out."""

from __future__ import annotations

from dataclasses import dataclass

from rapportbygger.theme.look import Style


@dataclass(frozen=True, slots=True)
class Gap:
    """Space above a paragraph in twips. `new_page`: it begins a page of its own, and the space is kept there."""

    amount: int = 0
    new_page: bool = False


def gap(above: Style | None, below: Style, *, sum_spacing: bool) -> Gap:
    """The space above `below`, which follows `above` (None: it is the first).

    Rule 1: the larger of after and before, and the surplus of the line spacing above; their sum only where the
    settings say so. Rule 2: a page break before keeps the space. Rule 5: contextual spacing between paragraphs of one
    style drops the spacing and keeps the surplus.
    """
    if above is None or below.page_break:
        return Gap(below.before, new_page=True)
    before, after = below.before, above.after
    if above.name == below.name:
        before, after = 0 if below.contextual else before, 0 if above.contextual else after
    return Gap((before + after if sum_spacing else max(before, after)) + above.surplus)
