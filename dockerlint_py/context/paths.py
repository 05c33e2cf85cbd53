"""Paths inside a repository: relative to the root, with `/`, no `.` or `..`; the root is ``""``."""


def clean(path: str) -> str:
    """The shortest equal path, as Go's `path.Clean` gives it; `.` for the empty path."""
    rooted = path.startswith("/")
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part == ".." and rooted:
            continue
        elif part not in ("", "."):
            parts.append(part)
    return ("/" if rooted else "") + "/".join(parts) or "."


def inside(folder: str, path: str) -> str | None:
    """The repository path of `path` as seen from `folder`; None when it leaves the repository.

    A path that starts with `/` is absolute on some machine: it has no place in the repository.
    """
    if path.startswith("/"):
        return None
    joined = clean(f"{folder}/{path}" if folder else path)
    if joined == ".." or joined.startswith("../"):
        return None
    return "" if joined == "." else joined


def join(folder: str, name: str) -> str:
    """The path of a name in a folder."""
    return f"{folder}/{name}" if folder else name


def split(path: str) -> tuple[str, str]:
    """The folder and the name of a path."""
    folder, _, name = path.rpartition("/")
    return folder, name


def walk_order(path: str) -> str:
    """The sort key that puts a folder's content where the folder stands among its siblings."""
    return path.replace("/", "\0")


def relative(path: str, folder: str) -> str | None:
    """The path as seen from a folder that holds it, `.` for the folder; None when it does not."""
    if not folder:
        return path or "."
    if path == folder:
        return "."
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None
