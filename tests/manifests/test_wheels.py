"""Which files of a locked version are wheels for an image."""

import pytest

from dockerlint_py.manifests import (
    LockedPackage,
    has_wheel,
)
from dockerlint_py.text import Source


def package(*wheels: str, known: bool = True, origin: str = "registry") -> LockedPackage:
    place = Source("uv.lock", "").place(0, 0)
    return LockedPackage("x", "1", place, wheels, "x-1.tar.gz", files_known=known, origin=origin)


WHEELS = [
    ("x-1-py3-none-any.whl", "3.12", "musl", "arm64", True),
    ("x-1-py2-none-any.whl", "3.12", "glibc", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "glibc", "amd64", True),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.13", "glibc", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "musl", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "glibc", "arm64", False),
    ("x-1-cp312-cp312-musllinux_1_2_aarch64.whl", "3.12", "musl", "arm64", True),
    ("x-1-cp312-cp312-musllinux_1_2_aarch64.whl", "3.12", "glibc", "arm64", False),
    ("x-1-cp38-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "3.14", "glibc", "amd64",
     True),
    ("x-1-py3-none-manylinux1_x86_64.whl", "3.12", "glibc", "x86_64", True),
    ("x-1-cp312-cp312-manylinux_2_39_x86_64.whl", "3.12", "glibc", "amd64", None),
    ("x-1-cp312-cp312-win_amd64.whl", "3.12", "glibc", "amd64", False),
    ("x-1-cp312-cp312-macosx_11_0_arm64.whl", "3.12", "glibc", "arm64", False),
    ("no wheel name.whl", "3.12", "glibc", "amd64", False),
    ("x-1-py3-none-any.whl", "3", "glibc", "amd64", None),
]  # fmt: skip


@pytest.mark.parametrize(("wheel", "python", "libc", "arch", "expected"), WHEELS)
def test_wheels(wheel: str, python: str, libc: str, arch: str, expected: bool | None) -> None:
    kind = "musl" if libc == "musl" else "glibc"
    assert has_wheel(package(wheel), python, kind, arch) is expected


def test_wheels_and_the_glibc_of_the_image() -> None:
    new = package("x-1-cp312-cp312-manylinux_2_36_x86_64.whl")
    assert has_wheel(new, "3.12", "glibc", "amd64", glibc=36) is True
    assert has_wheel(new, "3.12", "glibc", "amd64", glibc=31) is False


def test_wheels_that_cannot_be_known() -> None:
    assert has_wheel(package(known=False), "3.12", "glibc", "amd64") is None
    assert has_wheel(package(origin="git"), "3.12", "glibc", "amd64") is None
    assert has_wheel(package(), "3.12", "glibc", "amd64") is False
