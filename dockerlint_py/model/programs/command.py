"""A command as a Dockerfile or a Compose file gives it: an argument list, or text for a shell."""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Place


class CommandLine(NamedTuple):
    """CMD, ENTRYPOINT or the command of a health check.

    `argv` is the exec form. In the shell form it is None, and `shell` is the argument list that
    `script` is handed to: `("/bin/sh", "-c")`, or None where it is not known.
    """

    place: Place
    argv: tuple[LogicalText, ...] | None = None
    script: LogicalText | None = None
    shell: tuple[str, ...] | None = None

    @property
    def text(self) -> str:
        """The command for people."""
        if self.argv is not None:
            return " ".join(word.text for word in self.argv)
        return self.script.text if self.script else ""
