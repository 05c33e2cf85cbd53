"""Python images of others: uv, distroless, conda, devcontainers, Lambda, tiangolo, Chainguard..."""

import re
from collections.abc import Callable, Mapping

from dockerlint_py.knowledge.distributions import DEBIAN_CODENAMES, Distribution
from dockerlint_py.knowledge.images import contents
from dockerlint_py.knowledge.images.bases import buildpack_facts, distribution_facts, scratch_facts
from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.knowledge.images.official_python import python_facts
from dockerlint_py.knowledge.images.services import ROWS, service_facts
from dockerlint_py.knowledge.words import words
from dockerlint_py.text.regex import regex

_MINOR = regex(r"(?:py|python)?([0-9])\.([0-9]{1,2})(?:\.[0-9]+)?t?")
_UV_RELEASE = regex(r"[0-9]+(?:\.[0-9]+){1,2}")


def _minor(word: str) -> tuple[int, int] | None:
    match = _MINOR.fullmatch(word)
    return (int(match[1]), int(match[2])) if match else None


def uv_facts(tag: str | None) -> ImageFacts:
    """`ghcr.io/astral-sh/uv`: the bare program, or one of the usual bases with uv added to it."""
    facts = _uv_base(tag)
    return facts._replace(
        tools={**facts.tools, "uv": True, "uvx": True},
        source="github.com/astral-sh/uv/blob/main/.github/workflows/build-docker.yml",
        as_of="2026-08-21",
    )


def _uv_base(tag: str | None) -> ImageFacts:
    words = (tag or "latest").split("-")
    pinned = bool(_UV_RELEASE.fullmatch(words[0]))
    if pinned or words[0] == "latest":
        words = words[1:]
    if not words:
        bare = scratch_facts()
        return bare._replace(kind="tool", product="uv", entrypoint=("/uv",))
    facts = _uv_variant(words)
    if pinned and facts.release_floats:
        # What a pinned release of uv was built on when it came out is in no table.
        facts = facts._replace(release=None, release_floats=False)
        if facts.kind == "distribution":
            facts = facts._replace(version=None, externally_managed=None)
    if facts.environment is None:
        return facts._replace(kind=facts.kind or "language")
    environment = {**facts.environment, "UV_TOOL_BIN_DIR": "/usr/local/bin"}
    return facts._replace(environment=environment, command=("/usr/local/bin/uv",))


def _uv_variant(words: list[str]) -> ImageFacts:
    first, *rest = words
    if "dhi" in words:
        return ImageFacts(kind="language", python=_minor(first))
    if first.startswith("python"):
        version = first.removeprefix("python")
        return python_facts("-".join((version, *rest)))
    if first.startswith("alpine"):
        version = first.removeprefix("alpine")
        return distribution_facts("alpine", version or None)
    family_tag = None if first == "debian" else first
    floats = first == "debian"
    if rest == ["slim"]:
        facts = distribution_facts("debian", f"{family_tag or 'trixie'}-slim")
    elif first in DEBIAN_CODENAMES or first == "debian":
        facts = buildpack_facts(family_tag or "trixie")
    else:
        return ImageFacts()
    return facts._replace(release_floats=True, version=None) if floats else facts


_DISTROLESS_PYTHON = {"debian11": (3, 9), "debian12": (3, 11), "debian13": (3, 13)}


def distroless_facts(name: str, tag: str | None) -> ImageFacts:
    """`gcr.io/distroless/python3-debian13` and its siblings without Python."""
    words = (tag or "latest").split("-")
    image, _, suffix = name.rpartition("/")[2].partition("-")
    release = {version: code for code, version in DEBIAN_CODENAMES.items()}.get(
        suffix.removeprefix("debian")
    )
    base = Distribution("debian", release)
    python = _DISTROLESS_PYTHON.get(suffix) if image == "python3" else None
    facts = ImageFacts(
        kind="language" if image == "python3" else "distribution",
        product="python" if image == "python3" else None,
        version=None if python is None else f"{python[0]}.{python[1]}",
        python=python,
        distro="debian",
        release=release,
        libc=None if image == "static" else "glibc",
        variant="distroless",
        user="nonroot" if "nonroot" in words else "root",
        shell="none",
        tools=contents.NOTHING if "debug" not in words else {"curl": False, "bash": False},
        ports=(),
        volumes=(),
        has_healthcheck=False,
        source="github.com/GoogleContainerTools/distroless",
        as_of="2026-08-21",
    )
    return facts if image != "python3" else _distroless_python(facts, base)


def _distroless_python(facts: ImageFacts, base: Distribution) -> ImageFacts:
    tools = {**facts.tools, "python": True, "python3": True, "pip": False, "setuptools": False}
    program = f"/usr/bin/python{facts.version}" if facts.version else None
    return facts._replace(
        interpreter="/usr/bin/python3",
        externally_managed=base.externally_managed,
        tools=tools,
        environment={"LANG": "C.UTF-8", "PATH": None, "SSL_CERT_FILE": None},
        entrypoint=(program,) if program else None,
        command=(),
    )


def devcontainer_facts(tag: str | None) -> ImageFacts:
    """`mcr.microsoft.com/devcontainers/python`: the full official image and developer tools."""
    words = (tag or "3").split("-")
    if words[0] == "dev":
        words = words[1:]
    if len(words) > 1 and words[1][:1].isdigit():
        words = words[1:]
    facts = python_facts("-".join(words))
    return facts._replace(
        user=None,
        tools={**facts.tools, "git": True, "sudo": True, "zsh": True, "setuptools": True},
        packages={},
        environment=None,
        entrypoint=None,
        command=None,
        source="github.com/devcontainers/images/tree/main/src/python",
        as_of="2026-07-01",
    )


def bitnami_python_facts(tag: str | None) -> ImageFacts:
    """`bitnami/python`: Python under /opt/bitnami on a minimal Debian."""
    words = (tag or "latest").split("-")
    release = None
    if "debian" in words[:-1]:
        version = words[words.index("debian") + 1]
        release = {number: code for code, number in DEBIAN_CODENAMES.items()}.get(version)
    minor = _minor(words[0])
    return ImageFacts(
        kind="language",
        product="python",
        version=None if minor is None else f"{minor[0]}.{minor[1]}",
        python=minor,
        distro="debian" if release else None,
        release=release,
        libc="glibc",
        interpreter="/opt/bitnami/python/bin/python3",
        source="github.com/bitnami/containers/tree/main/bitnami/python",
        as_of="2026-11-24",
    )


_MINICONDA_TOOLS = "bash sh git hg svn ssh wget conda python python3 pip"
_MINIFORGE_TOOLS = "bash sh git wget tini conda mamba python python3 pip"


def miniconda_facts(_tag: str | None) -> ImageFacts:
    """`continuumio/miniconda3`, `continuumio/anaconda3`: conda in /opt/conda on Debian slim."""
    return ImageFacts(
        kind="language",
        product="conda",
        distro="debian",
        libc="glibc",
        interpreter="/opt/conda/bin/python3",
        externally_managed=False,
        user="root",
        shell="dash",
        tools={
            **dict.fromkeys(words(_MINICONDA_TOOLS), True),
            **dict.fromkeys(words("uv nc msgfmt pg_isready psql"), False),
        },
        command=("/bin/bash",),
        ports=(),
        has_healthcheck=False,
        source="github.com/anaconda/docker-images",
        as_of="2026-07-08",
    )


def miniforge_facts(_tag: str | None) -> ImageFacts:
    """`condaforge/miniforge3` and `condaforge/mambaforge`: conda in /opt/conda on Ubuntu, tini."""
    return ImageFacts(
        kind="language",
        product="conda",
        distro="ubuntu",
        libc="glibc",
        interpreter="/opt/conda/bin/python3",
        externally_managed=False,
        user="root",
        shell="dash",
        tools=dict.fromkeys(words("bash sh git wget tini conda mamba python python3 pip"), True),
        entrypoint=("tini", "--"),
        command=("/bin/bash",),
        ports=(),
        has_healthcheck=False,
        source="github.com/conda-forge/miniforge-images",
        as_of="2026-07-01",
    )


def micromamba_facts(tag: str | None) -> ImageFacts:
    """`mambaorg/micromamba`: no Python of its own; runs as `mambauser`."""
    alpine = "alpine" in (tag or "")
    cuda = "cuda" in (tag or "")
    return ImageFacts(
        kind="language",
        product="conda",
        distro="alpine" if alpine else None,
        libc=None if alpine else "glibc",
        user="mambauser",
        shell="ash" if alpine else None,
        tools={"bash": True, "sh": True, "micromamba": True}
        | ({} if cuda else {"curl": False, "git": False, "gcc": False}),
        entrypoint=("/usr/local/bin/_entrypoint.sh",),
        command=("/bin/bash",),
        ports=(),
        has_healthcheck=False,
        source="github.com/mamba-org/micromamba-docker",
        as_of="2026-05-13",
    )


_TIANGOLO_SETS_BUFFERING = (
    "uvicorn-gunicorn",
    "uvicorn-gunicorn-fastapi",
    "uvicorn-gunicorn-starlette",
)


def tiangolo_facts(name: str, tag: str | None) -> ImageFacts:
    """`tiangolo/uvicorn-gunicorn*`: the official image with gunicorn, and a start script."""
    words = (tag or "latest").split("-")
    version = words[0].removeprefix("python")
    if version == "latest":
        version = "3.11"
    facts = python_facts("-".join((version, *(w for w in words[1:] if not w.isdigit()))))
    image = name.partition("/")[2]
    environment: Mapping[str, str | None] | None = None
    if facts.environment is not None and image in _TIANGOLO_SETS_BUFFERING:
        environment = {
            **facts.environment,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": "/app",
        }
    return facts._replace(
        patch_floats=True,
        release=None,
        environment=environment,
        entrypoint=None,
        command=("/start.sh",) if environment else None,
        source="github.com/tiangolo/uvicorn-gunicorn-docker",
        as_of="2026-08-22",
    )


def lambda_facts(tag: str | None) -> ImageFacts:
    """`public.ecr.aws/lambda/python`: Amazon Linux, Python in /var/lang, a Lambda entry point."""
    minor = _minor((tag or "latest").split("-")[0])
    return ImageFacts(
        kind="language",
        product="python",
        version=None if minor is None else f"{minor[0]}.{minor[1]}",
        python=minor,
        patch_floats=True,
        distro="amazonlinux",
        release="2023" if minor and minor >= (3, 12) else None,
        libc="glibc",
        interpreter="/var/lang/bin/python3",
        externally_managed=False,
        shell="bash",
        tools={"bash": True, "sh": True, "python": True, "python3": True, "pip": True},
        entrypoint=("/lambda-entrypoint.sh",),
        has_healthcheck=False,
        source="https://docs.aws.amazon.com/lambda/latest/dg/python-image.html",
        as_of="2026-11-24",
    )


def cuda_facts(tag: str | None) -> ImageFacts:
    """`nvidia/cuda`: Ubuntu, or an rpm distribution where the tag says so; no Python."""
    match = re.search(r"ubuntu([0-9.]+)$", tag or "")
    base = distribution_facts("ubuntu", match[1]) if match else ImageFacts()
    return base._replace(
        kind="distribution",
        product=None,
        tools={"bash": True, "sh": True},
        packages={},
        environment=None,
        entrypoint=None,
        command=None,
        source="https://hub.docker.com/r/nvidia/cuda",
        as_of="2026-11-24",
    )


def chainguard_python_facts(tag: str | None) -> ImageFacts:
    """`cgr.dev/chainguard/python`: Wolfi, no shell except in the `-dev` tags, runs as non-root."""
    words = (tag or "latest").split("-")
    minor = _minor(words[0])
    dev = "dev" in words
    return ImageFacts(
        kind="language",
        product="python",
        version=None if minor is None else f"{minor[0]}.{minor[1]}",
        python=minor,
        patch_floats=True,
        distro="wolfi",
        libc="glibc",
        variant=None if dev else "distroless",
        interpreter="/usr/bin/python3",
        user="nonroot",
        shell="ash" if dev else "none",
        tools={"python": True, "python3": True, "pip": True, "sh": True}
        if dev
        else {**contents.NOTHING, "python": True, "python3": True},
        source="https://edu.chainguard.dev/chainguard/chainguard-images/getting-started/python/",
        as_of="2025-07-23",
    )


def node_facts(tag: str | None) -> ImageFacts:
    """`node`: on `buildpack-deps`, Debian slim or Alpine, like `python`."""
    words = (tag or "latest").split("-")
    alpine = any(word.startswith("alpine") for word in words)
    table = contents.ALPINE if alpine else contents.SLIM if "slim" in words else contents.FULL
    facts = service_facts(ROWS["node"], tag)
    return facts._replace(
        kind="language",
        variant="alpine" if alpine else "slim" if "slim" in words else "full",
        tools={**table, "node": True, "npm": True},
    )


FACTS: Mapping[str, Callable[[str | None], ImageFacts]] = {
    "ghcr.io/astral-sh/uv": uv_facts,
    "astral/uv": uv_facts,
    "mcr.microsoft.com/devcontainers/python": devcontainer_facts,
    "bitnami/python": bitnami_python_facts,
    "continuumio/miniconda3": miniconda_facts,
    "condaforge/miniforge3": miniforge_facts,
    "condaforge/mambaforge": miniforge_facts,
    "mambaorg/micromamba": micromamba_facts,
    "public.ecr.aws/lambda/python": lambda_facts,
    "amazon/aws-lambda-python": lambda_facts,
    "nvidia/cuda": cuda_facts,
    "cgr.dev/chainguard/python": chainguard_python_facts,
    "node": node_facts,
}
"""By the name of the image."""
