"""The only place that runs pandoc: processes kept alive, which saves their start-up for every job after the first.

`pandoc.lua` is the other end. `docx` gives a future, so that pandoc can write the Word file while Typst sets the pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Any

from rapportbygger.messages import _
from rapportbygger.nodes import Node

MARKDOWN = "markdown+autolink_bare_uris-raw_tex-latex_macros"
TIME_LIMIT = 120
"""Seconds for one job: a chapter takes hundredths of one, and some texts would take pandoc for ever."""
_HEAP = "-H1m -A2m -O16m"
"""What GHC's run-time system is told: a small heap, of generations that stay in the processor's cache. pandoc's own
choice is 50 MB more for the same time. Where it takes no such options it does without."""
SCRIPT = Path(__file__).with_name("pandoc.lua")
"""What pandoc is asked with."""
_API_VERSION = [1, 23, 1]


class PandocError(Exception):
    """pandoc could not do a job. The text is pandoc's own."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed text: pandoc's document, what it logged, and why it failed ("" where it did not)."""

    blocks: list[Node]
    meta: Mapping[str, Any]
    log: tuple[Mapping[str, Any], ...] = ()
    error: str = ""


class Pandoc:
    """Some pandoc processes. They work while the caller does something else. Close it, or use `with`.

    `processes` is how many: two read the chapters of one report in little more than half the time of one. They start
    `at_once`, or when the first thing is asked of them, which may be never.
    """

    def __init__(self, *, processes: int = 2, epoch: int | None = None, at_once: bool = True) -> None:
        """`epoch` (seconds) is the date that pandoc writes into files."""
        self._wanted, self._epoch, self._lock = processes, epoch, Lock()
        self._started: list[_Process] = self._start() if at_once else []

    def _start(self) -> list[_Process]:
        return [_Process(self._epoch) for _process in range(self._wanted)]

    @property
    def _processes(self) -> list[_Process]:
        with self._lock:
            self._started = self._started or self._start()
            return self._started

    def begin(self) -> None:
        """Start the processes, if they have not been: what is asked of them first is then answered sooner."""
        _started = self._processes

    @cached_property
    def build(self) -> str:
        """Which pandoc it is, by its file's size and date: to ask it for its version would be to wait for its start."""
        file = Path(_pandoc()).stat()
        return f"{file.st_size} {file.st_mtime_ns}"

    def __enter__(self) -> Pandoc:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what was asked for is finished first."""
        for process in self._started:
            process.close()

    def keep(self, processes: int) -> None:
        """Go on with no more than so many: what comes will not be asked of several at once."""
        for process in self._started[processes:]:
            process.close()
        del self._started[processes:]
        self._wanted = min(self._wanted, processes)

    def rest(self) -> None:
        """End the processes, which hold some 50 MB each: what is asked of them next starts others."""
        with self._lock:
            started, self._started = self._started, []
        for process in started:
            process.close()

    def kill(self) -> None:
        """End the processes at once, whatever they are doing. Nothing more can be asked of them."""
        for process in self._started:
            process.kill()

    def parse(self, texts: Sequence[str], format: str = MARKDOWN) -> list[Parsed]:  # noqa: A002 - pandoc's own word
        """Each text read apart from the others, as `--file-scope` does.

        Raises PandocError where pandoc itself fails; a text that cannot be read has its `error`.
        """
        shares = _shared(texts, len(self._processes))
        jobs = [{"kind": "parse", "format": format, "texts": share} for share in shares]
        answers = [process.ask(job) for process, job in zip(self._processes, jobs, strict=True)]
        return [_parsed(one) for answer in answers for one in answer.result()]

    def write(self, blocks: Sequence[Node], format: str) -> str:  # noqa: A002 - pandoc's own word
        """The blocks in one of pandoc's text formats, without line wrapping. Raises PandocError."""
        return self.write_each([blocks], format)[0]

    def write_each(self, parts: Sequence[Sequence[Node]], format: str) -> list[str]:  # noqa: A002 - pandoc's own word
        """Several documents written, each as `write` does. Raises PandocError."""
        job = {"kind": "write", "format": format}
        answers = [process.ask(job, part) for process, part in zip(cycle(self._processes), parts, strict=False)]
        return [str(answer.result()) for answer in answers]

    def csl(self, texts: Sequence[str], format: str) -> list[list[dict[str, Any]] | None]:  # noqa: A002 - pandoc's own
        """The references in each text (BibLaTeX, say) as CSL-JSON; None for a text that cannot be read.

        Raises PandocError.
        """
        shares = _shared(texts, len(self._processes))
        jobs = [{"kind": "csl", "format": format, "texts": share} for share in shares]
        answers = [process.ask(job) for process, job in zip(self._processes, jobs, strict=True)]
        return [None if one is None else json.loads(one) for answer in answers for one in answer.result()]

    def citeproc(self, blocks: Sequence[Node], meta: Mapping[str, Any]) -> list[Node]:
        """The blocks with citations and reference list as pandoc's citeproc writes them. Raises PandocError.

        `meta` is the document's metadata as pandoc's AST has it: `csl`, `lang`, `references`, `nocite` ...
        """
        made: list[Node] = self._processes[0].ask({"kind": "citeproc"}, blocks, meta).result()["blocks"]
        return made

    def version(self) -> str:
        """pandoc's version: «3.9». Raises PandocError."""
        return str(self._processes[0].ask({"kind": "version"}).result())

    def docx(self, blocks: Sequence[Node], reference: Path, output: Path, pictures: Sequence[str] = ()) -> Future[Any]:
        """Write the blocks as a Word file with the styles of `reference`. The future raises PandocError.

        `pictures` names those that are not read: something stands in their place.
        """
        job = {"kind": "docx", "reference": str(reference), "output": str(output), "pictures": list(pictures)}
        return self._processes[-1].ask(job, blocks)


class _Process:
    """One pandoc that is kept alive, with its own queue; where it has died, the next job starts another."""

    def __init__(self, epoch: int | None) -> None:
        self._environment = {"GHCRTS": _HEAP, **os.environ}
        self._answers = False
        if epoch is not None:
            self._environment["SOURCE_DATE_EPOCH"] = str(epoch)
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe nobody reads would stop pandoc once full
        self._process = self._started()
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pandoc")

    def _started(self) -> subprocess.Popen[bytes]:
        """In the script's folder, so that its path (a Windows user's name) is no argument."""
        return subprocess.Popen(
            [_pandoc(), "lua", SCRIPT.name],
            cwd=SCRIPT.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=self._environment,
        )

    def close(self) -> None:
        self._queue.shutdown(wait=True)
        self._ended()
        self._stderr.close()

    def kill(self) -> None:
        self._process.kill()

    def _ended(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not yet written is lost with a pandoc that has died
                stream.close()  # type: ignore[union-attr] # both are pipes
        self._process.wait()

    def ask(
        self, job: Mapping[str, Any], blocks: Sequence[Node] | None = None, meta: Mapping[str, Any] | None = None
    ) -> Future[Any]:
        lines = [json.dumps(job, ensure_ascii=False)]
        if blocks is not None:
            document = {"pandoc-api-version": _API_VERSION, "meta": dict(meta or {}), "blocks": list(blocks)}
            lines.append(json.dumps(document, ensure_ascii=False))
        return self._queue.submit(self._exchange, "\n".join(lines) + "\n")

    def _exchange(self, request: str) -> Any:
        if self._process.poll() is not None:
            self._start_again()
        limit = Timer(TIME_LIMIT, self._process.kill)
        limit.start()
        try:
            answer = self._answer(request)
        except (OSError, UnicodeError) as error:
            self._process.kill()
            self._process.wait()  # one that is about to end would be taken for alive by the next job
            if self._refuses_options():
                return self._exchange(request)
            raise PandocError(self._last_words(str(error))) from None
        finally:
            limit.cancel()
        self._answers = True
        value = json.loads(answer[1:])
        if answer.startswith("!"):
            raise PandocError(str(value))
        return value

    def _start_again(self) -> None:
        if self._refuses_options():
            self._environment.pop("GHCRTS")
        self._ended()
        self._process = self._started()

    def _refuses_options(self) -> bool:
        """Whether it has ended because it takes no options for its run-time system, or not these."""
        return not self._answers and "GHCRTS" in self._environment and "RTS option" in self._last_words("")

    def _answer(self, request: str) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None  # noqa: PT018 - both are pipes
        stdin.write(request.encode("utf-8"))
        stdin.flush()
        answer = stdout.readline().decode("utf-8")
        if not answer:
            raise BrokenPipeError(_("pandoc gave no answer, or none within {limit} seconds").format(limit=TIME_LIMIT))
        return answer

    def _last_words(self, otherwise: str) -> str:
        """What pandoc wrote when it ended, if it did."""
        self._stderr.seek(0)
        return self._stderr.read().decode("utf-8", "replace").strip() or otherwise


def _shared(texts: Sequence[str], count: int) -> list[list[str]]:
    """The texts in order in `count` shares of about the same length."""
    shares: list[list[str]] = [[] for _share in range(count)]
    whole, before = max(1, sum(map(len, texts))), 0
    for text in texts:
        shares[min(count - 1, (before + len(text) // 2) * count // whole)].append(text)
        before += len(text)
    return shares


def _pandoc() -> str:
    """The pandoc that the wheel brings. pypandoc itself is asked only where it is not in its place.

    Importing it costs more than starting pandoc: it brings all that it needs to download one.
    """
    found = find_spec("pypandoc")
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    bundled = Path(found.origin).with_name("files") / name if found and found.origin else None
    if bundled is not None and bundled.is_file():
        return str(bundled)
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _parsed(answer: Mapping[str, Any]) -> Parsed:
    if "error" in answer:
        return Parsed([], {}, error=str(answer["error"]))
    ast = answer["ast"]
    return Parsed(ast["blocks"], ast["meta"], tuple(answer["log"] or ()))
