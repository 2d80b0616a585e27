"""What the file of a picture says of itself: how large it is, and in how many colours.

The same pictures stand in most documents of a build: a file is not read again until it is another.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

from rapportbygger.recent import Recent

_UNREADABLE = (OSError, ValueError, KeyError, struct.error, ZeroDivisionError)


class PictureFile(NamedTuple):
    """Width and height in inches as the file says, at 72 dots an inch where it does not; None if it is unreadable.

    `colours` are those that a JPEG is made of: 1 is grey, 3 a screen's, 4 a printing press's; 0 for other files.
    """

    size: tuple[float, float] | None
    colours: int


def picture_file(path: Path) -> PictureFile:
    """What a file says. Raises OSError where it cannot be read."""
    stat = path.stat()
    return _known.of((str(path), stat.st_size, stat.st_mtime_ns), lambda: _read(path.read_bytes()))


_known = Recent[tuple[str, int, int], PictureFile]()


def _read(data: bytes) -> PictureFile:
    frame = _jpeg_frame(data)
    return PictureFile(_natural_size(data), frame[2] if frame else 0)


def _natural_size(data: bytes) -> tuple[float, float] | None:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        image = Image.from_blob(data)
    except UnrecognizedImageError:
        return _jpeg_size(data)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, *_UNREADABLE):
        return None
    size = image.px_width / (image.horz_dpi or 72), image.px_height / (image.vert_dpi or 72)
    return size if min(size) > 0 else None


_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG's frame header (ITU-T T.81, B.1.1.3)."""


def _jpeg_frame(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of colours as the frame header of a JPEG says; None for any other file."""
    at = 2 if data.startswith(b"\xff\xd8") else len(data)
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker, (length, height, width, colours) = data[at + 1], struct.unpack_from(">HxHHB", data, at + 2)
        if marker in _FRAMES:
            return width, height, colours
        at += 2 + length
    return None


def _jpeg_size(data: bytes) -> tuple[float, float] | None:
    """The size of a JPEG that says neither JFIF nor Exif, at 72 dots an inch: picture programs write such too."""
    frame = _jpeg_frame(data)
    return (frame[0] / 72, frame[1] / 72) if frame and frame[0] and frame[1] else None
