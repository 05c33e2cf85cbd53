"""The one place that writes files."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file as a whole: a reader sees the old text or the new one. Raises `OSError`."""
    folder = path.parent if path.parent.name else Path()
    temporary = NamedTemporaryFile(  # noqa: SIM115 - renamed, not deleted, at the end
        "w", encoding="utf-8", errors="backslashreplace", newline="", dir=folder, delete=False
    )
    try:
        with temporary:
            temporary.write(text)
        os.chmod(temporary.name, _mode(path))
        os.replace(temporary.name, path)
    except BaseException:
        Path(temporary.name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, or what a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
