"""Whether a wheel of a locked distribution fits an image."""

from functools import lru_cache
from typing import Literal, TypeAlias

from dockerlint_py.manifests.model import LockedPackage

Libc: TypeAlias = Literal["glibc", "musl"]

# The glibc 2.x of the oldest distribution in use (Debian 10, manylinux_2_28) and of the newest.
_OLDEST_GLIBC = 28
_NEWEST_GLIBC = 45
_FIRST_TAG = 5
_MUSL = ("1_2", "1_1")
_ALIASES = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}
_ARCHITECTURES = {
    "amd64": "x86_64", "x86-64": "x86_64", "arm64": "aarch64", "arm": "armv7l", "386": "i686",
}  # fmt: skip


def has_wheel(
    package: LockedPackage,
    python_minor: str,
    libc: Libc,
    arch: str,
    glibc: int | None = None,
) -> bool | None:
    """Whether pip finds a wheel of the package for an image, so that it builds nothing.

    `python_minor` is `3.12`; `arch` is as `uname -m` or Docker name it; `glibc` is the 36 of 2.36.
    None when the lock does not list the package's files, or when a wheel is there that needs a
    newer glibc than every image has, and it is not said which one this image has.
    """
    if not package.files_known or package.origin != "registry":
        return None
    arch = _ARCHITECTURES.get(arch, arch)
    surely = _fits(package, python_minor, libc, arch, glibc or _OLDEST_GLIBC)
    if surely or glibc is not None or libc == "musl":
        return surely
    return None if _fits(package, python_minor, libc, arch, _NEWEST_GLIBC) else surely


def _fits(
    package: LockedPackage, python_minor: str, libc: Libc, arch: str, glibc: int
) -> bool | None:
    supported = _supported(python_minor, libc, arch, glibc)
    if supported is None:
        return None
    return any(not supported.isdisjoint(_tags(wheel)) for wheel in package.wheels)


@lru_cache(maxsize=4096)
def _tags(wheel: str) -> frozenset[str]:
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    try:
        return frozenset(str(tag) for tag in parse_wheel_filename(wheel)[3])
    except (InvalidWheelFilename, ValueError):
        return frozenset()


@lru_cache(maxsize=64)
def _supported(python_minor: str, libc: Libc, arch: str, glibc: int) -> frozenset[str] | None:
    from packaging.tags import compatible_tags, cpython_tags

    parts = python_minor.split(".")
    if len(parts) < 2 or not all(part.isdecimal() for part in parts[:2]):
        return None
    version = (int(parts[0]), int(parts[1]))
    platforms = _platforms(libc, arch, glibc)
    interpreter = f"cp{version[0]}{version[1]}"
    abi = [f"{interpreter}m" if version < (3, 8) else interpreter]
    tags = [
        *cpython_tags(version, abi, platforms),
        *compatible_tags(version, interpreter, platforms),
    ]
    return frozenset(str(tag) for tag in tags)


def _platforms(libc: Libc, arch: str, glibc: int) -> list[str]:
    if libc == "musl":
        return [f"musllinux_{version}_{arch}" for version in _MUSL] + [f"linux_{arch}"]
    platforms = []
    for minor in range(glibc, _FIRST_TAG - 1, -1):
        platforms.append(f"manylinux_2_{minor}_{arch}")
        if minor in _ALIASES:
            platforms.append(f"{_ALIASES[minor]}_{arch}")
    return [*platforms, f"linux_{arch}"]
