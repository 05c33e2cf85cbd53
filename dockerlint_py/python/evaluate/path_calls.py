"""Functions of `os.path` and constructors of `pathlib`."""

from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.lookup import attribute
from dockerlint_py.python.evaluate.operators import joined_path, plain_text
from dockerlint_py.python.evaluate.values import Located, Plain, PurePath, Unresolved, Value


def join(call: Invocation) -> Value:
    """`os.path.join(a, b)`."""
    first = call.get(0)
    if first is None or not call.complete:
        return Unresolved("a path with unknown parts", call.origin)
    joined = joined_path(first, list(call.positional[1:]))
    if isinstance(joined, Located):
        return Located(joined.path, joined.origin, is_text=True)
    return Plain(joined.path, joined.origin) if isinstance(joined, PurePath) else joined


def folder(call: Invocation) -> Value:
    """`os.path.dirname(a)`."""
    path = call.get(0)
    if isinstance(path, Located):
        above = attribute(call.run, path, "parent")
        if isinstance(above, Located):
            return Located(above.path, above.origin, is_text=True)
        return above
    text = plain_text(path or Plain(None))
    if text is None:
        return Unresolved("the folder of something unknown", call.origin)
    return Plain(text.rpartition("/")[0] or ("/" if text.startswith("/") else ""))


def whole(call: Invocation) -> Value:
    """`os.path.abspath(a)` and the like: an absolute path stays what it is."""
    path = call.get(0) or Unresolved("no path")
    text = plain_text(path)
    return Unresolved("it depends on the working directory") if text and text[0] != "/" else path


def last_part(call: Invocation) -> Value:
    """`os.path.basename(a)`."""
    path = call.get(0)
    text = path.path if isinstance(path, Located | PurePath) else plain_text(path or Plain(None))
    if not text:
        return Unresolved("the name of something unknown", call.origin)
    return Plain(text.rpartition("/")[2], call.origin)


def path_object(call: Invocation) -> Value:
    """`pathlib.Path(a, b)`."""
    first = call.get(0) or Plain(".")
    joined = joined_path(first, list(call.positional[1:]))
    if isinstance(joined, Located):
        return Located(joined.path, joined.origin)
    text = plain_text(joined)
    if text is not None and not isinstance(joined, PurePath):
        clean = "/".join(part for part in text.split("/") if part not in ("", "."))
        return PurePath("/" + clean if text.startswith("/") else clean or ".", joined.origin)
    return joined
