"""Files that a command is given by their paths, named in every complaint as they were given."""

import os
from pathlib import Path

from digitize.errors import InvalidRequestError
from service.language import say
from workers.accepted import as_text

_EXTENSIONS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
_SHOWN_MAX = 300


def find_files(paths: list[Path]) -> list[Path]:
    """Files as named, and of every folder the scans inside it. Raises InvalidRequestError."""
    files: list[Path] = []
    for path in paths:
        if _is_folder(path):
            files += sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in _EXTENSIONS)
        else:
            files.append(path)
    if not files:
        raise InvalidRequestError(detail=say(vi="không có tệp quét nào", en="there is no scan among the paths"))
    return [require_file(path) for path in dict.fromkeys(files)]


def require_file(path: Path) -> Path:
    """The same path. Raises InvalidRequestError where it is no file that can be read."""
    if _is_folder(path):
        raise wrong_path(path, vi="{} là thư mục, không phải tệp", en="{} is a folder, not a file")
    try:
        is_there, is_file = path.exists(), path.is_file()
    except OSError:  # a name no file can have
        is_there = is_file = False
    if not is_there:
        raise wrong_path(path, vi="không có tệp hay thư mục {}", en="there is no file or folder {}")
    if not is_file:  # a device or pipe
        raise wrong_path(path, vi="{} không phải tệp đọc được", en="{} is no file that can be read")
    if not os.access(path, os.R_OK):
        raise wrong_path(path, vi="không được phép đọc {}", en="{} may not be read")
    return path


def wrong_path(path: Path, *, vi: str, en: str) -> InvalidRequestError:
    """``vi`` and ``en`` hold ``{}`` where the path belongs."""
    shown = as_text(str(path))
    if len(shown) > _SHOWN_MAX:
        shown = "…" + shown[-_SHOWN_MAX:]
    return InvalidRequestError(detail=say(vi=vi, en=en).format(shown))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
