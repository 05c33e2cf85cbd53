"""Which container a host name means to another one; the rules are those of Docker's own DNS."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.services.hosts import host_named
from dockerlint_py.testing import project

OTHER = "services:\n  other:\n    image: registry.example/other:1\n"
UNKNOWN = "unknown"


def meaning(name: str, web: str = "", more: str = "", other: str = "") -> str | None:
    """The service that a name means to `web`; `unknown` when that cannot be known."""
    text = f"{OTHER}{other}  web:\n    image: registry.example/web:1\n{web}{more}"
    (file_set,) = project({"compose.yml": text}).repository().file_sets
    asking = file_set.container("web")
    assert asking is not None
    fact = host_named(asking, name)
    if not isinstance(fact, Known):
        return UNKNOWN
    assert fact.value is None or fact.value.service is not None
    return fact.value.service.name if fact.value and fact.value.service else None


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("other", "", "other"),
        ("web", "", "web"),
        ("nobody", "", None),
        ("box", "    container_name: box\n", "other"),
        ("box", "    hostname: box\n", "other"),
        ("box", "    networks: {default: {aliases: [box]}}\n", "other"),
        ("nobody", "    container_name: ${NAME}\n", UNKNOWN),
        ("nobody.example.com", "", UNKNOWN),
        ("other", "    networks: [back]\n", UNKNOWN),
        ("other", "    network_mode: host\n", UNKNOWN),
    ],
)
def test_names_of_another_service(name: str, other: str, expected: str | None) -> None:
    more = "networks:\n  back: {}\n" if "back" in other else ""
    assert meaning(name, more=more, other=other) == expected


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        ("    links: ['other:db']\n", "other"),
        ("    external_links: ['elsewhere:db']\n", UNKNOWN),
        ("    extra_hosts: ['db:10.0.0.1']\n", UNKNOWN),
        ("    extra_hosts: {db: 10.0.0.1}\n", UNKNOWN),
        ("    network_mode: host\n", UNKNOWN),
        ("    network_mode: service:other\n", UNKNOWN),
        ("    networks: [shared]\n", UNKNOWN),
    ],
)
def test_names_that_the_service_itself_gives(web: str, expected: str) -> None:
    more = "networks:\n  shared: {external: true}\n" if "shared" in web else ""
    assert meaning("db", web, more) == expected


def test_a_name_of_two_services_is_not_known() -> None:
    other = "    hostname: web\n"
    assert meaning("web", other=other) == UNKNOWN
