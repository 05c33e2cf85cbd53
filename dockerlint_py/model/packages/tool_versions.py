"""Which version of a tool an earlier command installs: Poetry for `poetry export`..."""

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.installers import NamedPackage
from dockerlint_py.model.packages.installation import Installation

NEWEST = "newest"
"""The version of a tool that is installed without one."""


def tool_version(installation: Installation, name: str) -> Fact[str]:
    """The version of a tool that is there for a command; `NEWEST` when it is left open."""
    if installation.may_follow_unseen:
        return Unknown("an earlier step is not understood")
    for other in installation.earlier[::-1]:
        package = next((p for p in other.command.packages if p.name == name), None)
        if package is not None and other.command.installs and not other.is_conditional:
            version = _version(other, package)
            if version is None:
                return Unknown(f"the version of {name} is not known")
            says = f"`{other.install.invocation.text}` installs {name}"
            return Known(version, (other.install.place_of(package.at),), says=says)
    return Unknown(f"nothing installs {name}")


def _version(installation: Installation, package: NamedPackage) -> str | None:
    if package.version is not None:
        return package.version
    has_more = package.specifier or package.version_dynamic or package.url
    return None if has_more or installation.command.unknown else NEWEST


def is_at_least(version: str, major: int) -> bool:
    """Whether a version is of a major release or of a later one."""
    number = version.partition(".")[0]
    return version == NEWEST or (number.isdecimal() and int(number) >= major)
