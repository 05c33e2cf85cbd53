"""The rule families: their letters, folder and title."""

from dockerlint_py.record import NamedTuple


class Family(NamedTuple):
    """A family of rules."""

    letters: str
    folder: str
    title: str


FAMILIES = (
    Family("SRV", "server", "Server and start command"),
    Family("NET", "network", "Bind, ports, proxy, health checks"),
    Family("STC", "static_files", "Static files, media, translations"),
    Family("CFG", "configuration", "Configuration and secrets"),
    Family("CRS", "cors", "CORS"),
    Family("ASY", "async_safety", "Async safety"),
    Family("WRK", "workers", "Workers and process-local state"),
    Family("DEP", "dependencies", "Dependencies"),
    Family("IMG", "base_image", "Base image and user"),
    Family("STG", "stages", "Stages, virtual environments, layers"),
    Family("CTX", "build_context", "Build context"),
    Family("PKG", "packages", "Package layout and imports"),
    Family("MIG", "migrations", "Migrations and databases"),
    Family("PYR", "python_runtime", "Python runtime behaviour"),
    Family("CMP", "compose", "Compose"),
    Family("CI", "pipeline", "CI pipeline"),
)


def family_of(rule_id: str) -> Family:
    """The family of a rule id; raises `ValueError` for letters that are none."""
    letters = rule_id.rstrip("0123456789")
    for family in FAMILIES:
        if family.letters == letters:
            return family
    raise ValueError(f"{rule_id}: the letters of an id are one of {[f.letters for f in FAMILIES]}")
