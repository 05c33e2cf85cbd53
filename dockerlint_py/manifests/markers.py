"""Environment markers of requirements, judged for the Python of an image on Linux."""

from dockerlint_py.facts import Fact, Known

MACHINES = ("x86_64", "aarch64")
"""A marker that tells these apart is unknown: an image is built for any of them."""

_LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_release": "6.1",
    "platform_version": "",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "extra": "",
}
_MINORS = tuple((3, minor) for minor in range(8, 16))
"""Where the Python is not known, a marker has to say the same of all of these."""


class Markers:
    """Judges markers for a Python minor version on Linux, each text once."""

    __slots__ = ("_answers", "_versions")

    def __init__(self, python: Fact[tuple[int, int]]) -> None:
        self._versions = (python.value,) if isinstance(python, Known) else _MINORS
        self._answers: dict[str, bool | None] = {"": True}

    def hold(self, marker: str) -> bool | None:
        """Whether a marker is true; None when it depends on what is not known."""
        if marker not in self._answers:
            self._answers[marker] = self._judged(marker)
        return self._answers[marker]

    def may_hold(self, marker: str) -> bool:
        """Whether a marker is not known to be false."""
        return self.hold(marker) is not False

    def surely_hold(self, marker: str) -> bool:
        """Whether a marker is known to be true."""
        return self.hold(marker) is True

    def _judged(self, marker: str) -> bool | None:
        from packaging.markers import InvalidMarker, Marker, UndefinedEnvironmentName

        try:
            parsed = Marker(marker)
            answers = {parsed.evaluate(self._environment(*each)) for each in self._cases()}
        except (InvalidMarker, UndefinedEnvironmentName, RecursionError, ValueError):
            return None
        return answers.pop() if len(answers) == 1 else None

    def _cases(self) -> "list[tuple[tuple[int, int], int, str]]":
        # A marker on the full version may part the patch releases of a minor version.
        return [(v, patch, m) for v in self._versions for patch in (0, 40) for m in MACHINES]

    @staticmethod
    def _environment(version: tuple[int, int], patch: int, machine: str) -> "dict[str, str]":
        minor = f"{version[0]}.{version[1]}"
        full = f"{minor}.{patch}"
        return {
            **_LINUX,
            "python_version": minor,
            "python_full_version": full,
            "implementation_version": full,
            "platform_machine": machine,
        }
