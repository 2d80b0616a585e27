"""Mends that a document is likely to need, as those before it did: it is then laid out once instead of twice.

Most of a report is the same in the next municipality's, and so is where a paragraph with footnotes meets the end of a
page. What is foreseen saves time and decides nothing: it counts only where the layout without it would surely have
asked for the same (`footnotes.asked_for`), so that a document is the same whatever was made before it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rapportbygger.recent import Recent
from rapportbygger.write.pdf.units import Mend, Mends, Unit

DOUBTED = -8
"""After a mend that was not surely needed, as many documents are laid out without one."""


class _Habit(NamedTuple):
    """What a paragraph needed last, and in how many documents in a row beside the first."""

    mend: Mend
    times: int


_habits = Recent[tuple[Hashable, str], _Habit]()


def foreseen(setting: Hashable, units: Sequence[Unit]) -> dict[int, Mend]:
    """Where paragraphs of this document were cut in the one before, in the same setting (template and language)."""
    habits = {i: _habits.get((setting, unit.text)) for i, unit in enumerate(units) if unit.text}
    return {i: habit.mend for i, habit in habits.items() if habit and habit.mend.at and habit.times >= 0}


def learn(setting: Hashable, units: Sequence[Unit], mends: Mends, *, doubted: Mends) -> None:
    """Take down what a document's paragraphs needed, and which of what was foreseen was not surely asked for."""
    for i, unit in enumerate(units):
        if unit.text:
            key, mend = (setting, unit.text), mends.get(i, Mend())
            before = _habits.get(key)
            times = before.times + 1 if before and before.mend.says() == mend.says() else -(before is not None)
            _habits.put(key, _Habit(mend, DOUBTED if i in doubted else times))
