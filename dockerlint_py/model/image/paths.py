"""Paths inside an image: absolute, with `/`, without `.` and `..`."""

from posixpath import normpath


def joined(folder: str, path: str) -> str:
    """`path` seen from `folder`; an absolute path stands for itself."""
    return normal(path if path.startswith("/") else f"{folder}/{path}")


def normal(path: str) -> str:
    """A path without `.`, `..`, doubled and trailing slashes; it starts with one slash."""
    return "/" + normpath(f"/{path}").lstrip("/")


def is_under(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it."""
    return path == folder or folder == "/" or path.startswith(f"{folder}/")


def relative(path: str, folder: str) -> str:
    """The part of a path below a folder that it lies in; empty for the folder itself."""
    return path[len(folder.rstrip("/")) :].lstrip("/")


def ancestors(path: str) -> list[str]:
    """A path and the folders that it lies in, up to `/`."""
    found = [path]
    while path not in ("/", ""):
        path = path.rpartition("/")[0] or "/"
        found.append(path)
    return found
