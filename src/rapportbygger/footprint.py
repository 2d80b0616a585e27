"""How much memory this process holds, and how it holds less: as far as the system can say and do."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OFTEN = 20
"""Documents after which a process gives back what is free."""
_MB = 2**20
_HEAP = {-8: 1, -3: 32 * _MB, -1: 512 * _MB, -2: 128 * _MB}
"""`M_ARENA_MAX`, `M_MMAP_THRESHOLD`, `M_TRIM_THRESHOLD`, `M_TOP_PAD` of glibc's malloc.h: one heap, in large steps."""
_STEP = 24 * _MB
_LARGE_PAGES = 14
"""`MADV_HUGEPAGE` of Linux's madvise."""


def held() -> int:
    """Bytes of memory that this process holds now, and of what it shares with others its share (Linux's PSS).

    On macOS the most it ever did, on Windows shared memory too; 0 where it cannot be known.
    """
    if sys.platform == "win32":
        return _working_set()
    with suppress(OSError, ValueError, IndexError):
        told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
        return int(told.partition("\nPss:")[2].split(maxsplit=1)[0]) * 1024
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


def share_one_heap() -> None:
    """Let all threads take memory from one heap, where they would have one each (glibc): a sixth less of it is held.

    It grows in large pages, where Linux has any: what a document makes and frees then takes a fifteenth less time.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL(None)
            for parameter, value in _HEAP.items():
                libc.mallopt(parameter, value)
            _grow(libc)


def _grow(libc: ctypes.CDLL) -> None:
    """Let the heap have room to grow, in large pages; nothing of it is held before it is used."""
    libc.malloc.restype = libc.sbrk.restype = ctypes.c_size_t
    before = libc.sbrk(0)
    libc.free(ctypes.c_size_t(libc.malloc(ctypes.c_size_t(_STEP))))
    libc.madvise(ctypes.c_size_t(before), ctypes.c_size_t(libc.sbrk(0) - before), _LARGE_PAGES)


def collect_seldom() -> None:
    """Let Python look for cycles seldom: a document makes hardly any, and very much else to look through."""
    gc.set_threshold(50_000, 50, 50)


@contextmanager
def few_collections() -> Iterator[None]:
    """The same for a while, in a process that is not ours alone."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def begin_documents() -> None:
    """What there is now is there for all documents: no cycles need be looked for in it."""
    gc.freeze()


def give_back() -> None:
    """Give back what is free: cycles too, which are looked for by nobody else.

    What the system would leave to us (glibc) is given to it.
    """
    gc.collect()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL(None)
            libc.malloc_trim(0)
            _grow(libc)


if sys.platform == "win32":
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """`PROCESS_MEMORY_COUNTERS` of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *((f"size{number}", ctypes.c_size_t) for number in range(8)),
        )

    def _working_set() -> int:
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
        kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
        return int(counters.size1)  # WorkingSetSize, after its peak
