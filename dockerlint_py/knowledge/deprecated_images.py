"""Images that their makers gave up, and what to use instead."""

from dockerlint_py.knowledge.images.catalogue import canonical_name
from dockerlint_py.knowledge.images.reference import ImageRef
from dockerlint_py.record import NamedTuple


class Deprecated(NamedTuple):
    """A deprecated image: its name, or the beginning of it with `*`; why; what to use instead."""

    image: str
    why: str
    instead: str
    source: str
    as_of: str


_TIANGOLO_WHY = "its author has deprecated it: uvicorn starts several workers by itself"
_TIANGOLO_INSTEAD = "an official python image with `uvicorn --workers` or `fastapi run --workers`"

DEPRECATED: tuple[Deprecated, ...] = (
    Deprecated(
        *("tiangolo/uvicorn-gunicorn*", _TIANGOLO_WHY, _TIANGOLO_INSTEAD),
        *("https://github.com/tiangolo/uvicorn-gunicorn-docker", "2026-08-22"),
    ),
    Deprecated(
        "tiangolo/meinheld-gunicorn*",
        "its newest Python is 3.9, which is past its end of life",
        "an official python image with gunicorn",
        "https://github.com/tiangolo/meinheld-gunicorn-docker",
        "2026-11-24",
    ),
    Deprecated(
        "django",
        "it was removed from the official images and is not updated since 2017",
        "an official python image and Django from the requirements",
        "https://github.com/docker-library/docs (removed 2017-05-19)",
        "2026-08-21",
    ),
    Deprecated(
        "centos/python-*",
        "CentOS Linux and its images have ended",
        "an official python image, or registry.access.redhat.com/ubi9/python-312",
        "https://endoflife.date/centos",
        "2026-08-22",
    ),
    Deprecated(
        "centos",
        "CentOS Linux has ended and the image is no longer an official one",
        "almalinux, rockylinux/rockylinux or a Debian image",
        "https://endoflife.date/centos",
        "2026-08-22",
    ),
    Deprecated(
        "frolvlad/alpine-python*",
        "the official image has Alpine variants that are rebuilt for security fixes",
        "python:3.13-alpine",
        "https://hub.docker.com/r/frolvlad/alpine-python3",
        "2026-11-24",
    ),
    Deprecated(
        "continuumio/miniconda3",
        "Anaconda ends its updates with Miniconda 26.7",
        "anaconda/miniconda",
        "https://github.com/anaconda/docker-images",
        "2026-07-08",
    ),
    Deprecated(
        "condaforge/mambaforge*",
        "Mambaforge was retired in favour of Miniforge",
        "condaforge/miniforge3",
        "https://github.com/conda-forge/miniforge",
        "2026-07-01",
    ),
    Deprecated(
        "bitnamilegacy/*",
        "Bitnami parked its images there in 2025: they get no updates",
        "the official image of the same software",
        "https://github.com/bitnami/containers/issues/83267",
        "2026-11-24",
    ),
)

_BITNAMI = Deprecated(
    "bitnami/*",
    "Bitnami withdrew the images with version tags in 2025",
    "the official image of the same software",
    "https://github.com/bitnami/containers/issues/83267",
    "2026-11-24",
)
_BITNAMI_KEEPS = ("bitnami/minideb",)
_ONBUILD = Deprecated(
    "python:*-onbuild",
    "the onbuild variants ended in 2017 and hide what they do",
    "a plain tag, and COPY and RUN of your own",
    "https://github.com/docker-library/official-images/issues/2076",
    "2026-08-21",
)


def deprecation(ref: ImageRef) -> Deprecated | None:
    """The row for an image that should not be built on; None when nothing says so."""
    name = canonical_name(ref)
    if name == "python" and ref.tag and ref.tag.endswith("onbuild"):
        return _ONBUILD
    if (
        name.startswith("bitnami/")
        and name not in _BITNAMI_KEEPS
        and ref.tag not in (None, "latest")
    ):
        return _BITNAMI
    return next((row for row in DEPRECATED if _matches(row.image, name)), None)


def _matches(pattern: str, name: str) -> bool:
    if pattern.endswith("*"):
        return name.startswith(pattern[:-1])
    return name == pattern
