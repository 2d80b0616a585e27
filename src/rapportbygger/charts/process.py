"""The process that draws: vl-convert, fed with specifications through a local connection.

It is one process for all workers of a build. V8 takes 150 MB and more, its time zone can only be chosen from outside,
and a specification that never comes to an end can only be stopped with the process. It ends with whoever started it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import Any

from rapportbygger.charts.measuring_fonts import measuring_font

TOO_LONG = 10
"""Seconds after which a chart is given up."""
_COMPILED = 50
_LONGEST = 100
"""Bytes that the path of a socket may have: 103 on macOS."""


def main() -> None:
    """Listen for connections, and say where, and in which folder its files are: a line of JSON.

    The first line of the input is the key to be shown.
    """
    key = bytes.fromhex(sys.stdin.buffer.readline().decode("ascii").strip())
    with TemporaryDirectory(prefix="rapportbygger-charts-") as folder, _listener(Path(folder), key) as listener:
        sys.stdout.write(json.dumps([listener.address, folder]) + "\n")
        sys.stdout.flush()
        studio = Studio(Path(folder))
        Thread(target=_accept, args=(listener, studio), daemon=True).start()
        studio.begin()
        sys.stdin.buffer.read()  # until whoever started this process is gone, or has let go of it
    os._exit(0)


def _listener(folder: Path, key: bytes) -> Listener:
    """A socket in the folder, or a port where its path would be too long; Windows has pipes, which are in no folder."""
    if sys.platform == "win32":
        return Listener(family="AF_PIPE", authkey=key)
    path = str(folder / "socket")
    if len(os.fsencode(path)) > _LONGEST:  # folders for temporary files may be deep, as Dask's are
        return Listener(("127.0.0.1", 0), family="AF_INET", authkey=key)
    return Listener(path, family="AF_UNIX", authkey=key)


def _accept(listener: Listener, studio: Studio) -> None:
    while True:
        try:
            client = listener.accept()
        except Exception:  # noqa: BLE001, S112, RUF100 - somebody without the key, or who has gone away
            continue
        Thread(target=_serve, args=(client, studio), daemon=True).start()


def _serve(client: Connection, studio: Studio) -> None:
    try:
        while True:
            request = json.loads(client.recv_bytes())
            client.send_bytes(json.dumps(studio.answer(request)).encode())
    except (EOFError, OSError):
        client.close()


class Studio:
    """vl-convert with the fonts that it has been given, one chart at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._fonts: set[str] = set()
        self._compiled: dict[str, Any] = {}

    def begin(self) -> None:
        """Have Vega-Lite read, which takes 0.4 s, most of what the first chart would: nobody may want one yet."""
        import vl_convert

        with self._lock, suppress(ValueError):
            vl_convert.vegalite_to_vega({"data": {"values": []}, "mark": "point"})

    def answer(self, request: Any) -> Any:
        """The SVG of a chart, or what vl-convert says of it."""
        with self._lock:
            try:
                faulthandler.dump_traceback_later(TOO_LONG, exit=True)  # V8 lets no other thread of Python run
                return {"svg": self._drawn(request)}
            except ValueError as error:
                return {"error": str(error)}
            finally:
                faulthandler.cancel_dump_traceback_later()

    def _drawn(self, request: Any) -> str:
        import vl_convert

        self._register(request["fonts"], vl_convert.register_font_directory)
        vega = self._vega(request["specification"], vl_convert.vegalite_to_vega)
        for data in vega.get("data", ()):
            if data.get("name") in request["rows"]:
                data["values"] = request["rows"][data["name"]]
        words = {"format_locale": request["numbers"], "time_format_locale": request["dates"]}
        svg: str = vl_convert.vega_to_svg(vega, **words, **_closed())
        return svg

    def _vega(self, specification: str, compiled: Callable[[str], Any]) -> Any:
        """The specification as Vega has it, which does not depend on the data: the same for many documents."""
        if specification not in self._compiled:
            if len(self._compiled) >= _COMPILED:
                self._compiled.clear()
            self._compiled[specification] = compiled(specification)
        return self._compiled[specification]

    def _register(self, fonts: dict[str, list[str]], register: Callable[[str], None]) -> None:
        """The faces of families that are new here, under names that no font of the system has."""
        for family, files in fonts.items():
            if family in self._fonts:
                continue
            folder = self._folder / family
            folder.mkdir()
            for number, file in enumerate(files):
                (folder / f"{number}.ttf").write_bytes(measuring_font(Path(file), family))
            register(str(folder))
            self._fonts.add(family)


@cache
def _closed() -> Mapping[str, Any]:
    """What keeps charts from fetching anything: an argument to vl-convert 1, a setting of vl-convert 2."""
    import vl_convert

    if not hasattr(vl_convert, "configure"):
        return {"allowed_base_urls": []}
    vl_convert.configure(base_url=False, allowed_base_urls=[])
    return {}


if __name__ == "__main__":
    main()
