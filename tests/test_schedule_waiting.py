"""Who gets which of the documents that are still to be made."""

from __future__ import annotations

from rapportbygger.build import Job
from rapportbygger.model import Data, Municipality, Report
from rapportbygger.schedule.plan import kind
from rapportbygger.schedule.waiting import Waiting

REPORT, LETTER, FINAL = (Report(name, "T", "nb", ()) for name in ("rapport", "brev", "slutt"))


def job(report: Report, name: str, lang: str = "nb") -> Job:
    return Job(report, Municipality(name, {"lang": lang}, Data(f"{name}.yaml", {})))


def test_documents_of_one_kind_keep_their_order() -> None:
    jobs = [job(REPORT, name) for name in ("asker", "bodo", "nes")]
    waiting = Waiting(jobs)
    assert [waiting.taken() for _each in jobs] == jobs
    assert not waiting


def test_what_tells_of_all_municipalities_comes_first_whatever_one_has_made() -> None:
    small, large = job(REPORT, "asker"), Job(FINAL)
    assert Waiting([small, large]).taken(before=kind(small)) == large


def test_who_has_begun_a_kind_stays_with_it() -> None:
    asker, nes, bodo = job(REPORT, "asker"), job(REPORT, "nes"), job(REPORT, "bodo", "nn")
    assert Waiting([bodo, nes]).taken(before=kind(asker), others=[kind(asker)]) == nes


def test_else_one_begins_what_nobody_is_at_and_most_are_of() -> None:
    report, letters = job(REPORT, "asker"), [job(LETTER, name) for name in ("asker", "nes")]
    nynorsk = job(LETTER, "bodo", "nn")
    waiting = Waiting([report, nynorsk, *letters])
    assert waiting.taken(others=[kind(report)]) == letters[0]
    assert waiting.taken(others=[kind(report), kind(letters[0])]) == nynorsk
    assert waiting.taken(before=kind(nynorsk), others=[kind(report), kind(report), kind(letters[0])]) == letters[1]


def test_a_document_that_comes_back_waits_behind_its_like() -> None:
    asker, nes = job(REPORT, "asker"), job(REPORT, "nes")
    waiting = Waiting([asker, nes])
    waiting.put(waiting.taken())
    assert len(waiting) == 2
    assert [waiting.taken(), waiting.taken()] == [nes, asker]
