"""Which releases of a product are still supported on a given day."""

from datetime import date

from dockerlint_py.knowledge.distributions import DEBIAN_CODENAMES
from dockerlint_py.knowledge.eol_data import CYCLES, DATE, SOURCE
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_CODENAMES = {version: name for name, version in DEBIAN_CODENAMES.items()}
_TITLES = {
    "almalinux": "AlmaLinux",
    "amazonlinux": "Amazon Linux",
    "centos": "CentOS Linux",
    "mariadb": "MariaDB",
    "mongodb": "MongoDB",
    "mysql": "MySQL",
    "nginx": "nginx",
    "node": "Node.js",
    "oraclelinux": "Oracle Linux",
    "postgresql": "PostgreSQL",
    "rabbitmq": "RabbitMQ",
    "rhel": "Red Hat Enterprise Linux",
    "rockylinux": "Rocky Linux",
}
_NUMBER = regex(r"[0-9]{1,9}")


class Eol(NamedTuple):
    """One release cycle, the last day of its support, and where that was read, and when.

    `lts_end` is the end of free long-term support, None when there is none (Debian has it).
    """

    product: str
    cycle: str
    end: date
    lts_end: date | None
    source: str
    as_of: str

    @property
    def last(self) -> date:
        """The last day with security updates for everybody."""
        return self.lts_end or self.end

    @property
    def title(self) -> str:
        """The release for people: `Python 3.8`, `Debian 10 (buster)`."""
        name = _TITLES.get(self.product, self.product.capitalize())
        codename = _CODENAMES.get(self.cycle) if self.product == "debian" else None
        return f"{name} {self.cycle} ({codename})" if codename else f"{name} {self.cycle}"

    def is_past(self, today: date) -> bool:
        """Whether all free support has ended before `today`."""
        return self.last < today

    def newest(self, today: date) -> "Eol | None":
        """The newest known release of the same product with support left."""
        return newest(self.product, today)

    def months_past(self, today: date) -> int:
        """Whole months from the last day of support to `today`; negative while there is some."""
        months = (today.year - self.last.year) * 12 + today.month - self.last.month
        return months - 1 if today.day < self.last.day else months


def eol(product: str, version: str | None) -> Eol | None:
    """The cycle that a version belongs to; None when its end is not known.

    A version may say more than the cycle (`3.12.4` is of `3.12`) or less: `5` of a product with
    cycles `5.6` and `5.7` stands for the newest of them, unless more cycles of `5` may follow.
    """
    cycles = CYCLES.get(product)
    if cycles is None or not version:
        return None
    parts = version.split(".")
    for length in range(len(parts), 0, -1):
        cycle = ".".join(parts[:length])
        if cycle in cycles:
            return _row(product, cycle)
    below = [cycle for cycle in cycles if cycle.startswith(f"{version}.")]
    last = max(below, key=version_key, default=None)
    if last is None or last == max(cycles, key=version_key):
        return None
    return _row(product, last)


def cycles_of(product: str) -> tuple[Eol, ...]:
    """All cycles of a product whose end is known, oldest version first."""
    rows = (_row(product, cycle) for cycle in sorted(CYCLES.get(product, ()), key=version_key))
    return tuple(row for row in rows if row is not None)


def supported(product: str, today: date) -> tuple[Eol, ...]:
    """The cycles with support left on that day, oldest version first."""
    return tuple(row for row in cycles_of(product) if not row.is_past(today))


def newest(product: str, today: date) -> Eol | None:
    """The newest known cycle with support left, for advice."""
    rows = supported(product, today)
    return rows[-1] if rows else None


def version_key(version: str) -> tuple[int, ...]:
    """Orders dotted numbers; a part that is no number of at most nine digits counts as zero."""
    return tuple(int(part) if _NUMBER.fullmatch(part) else 0 for part in version.split("."))


def _row(product: str, cycle: str) -> Eol | None:
    end, _, lts = CYCLES[product][cycle].partition("/")
    if not end:
        return None
    return Eol(
        product,
        cycle,
        date.fromisoformat(end),
        date.fromisoformat(lts) if lts else None,
        f"{SOURCE}/{product}",
        DATE,
    )
