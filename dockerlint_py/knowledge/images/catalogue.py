"""Finds the facts of an image by its name."""

from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.knowledge.images.reference import ImageRef

_MIRRORS_OF_OFFICIAL = (
    "public.ecr.aws/docker/library/",
    "mirror.gcr.io/library/",
    "registry.hub.docker.com/library/",
)
_MIRRORS_OF_HUB = ("mirror.gcr.io/", "registry.hub.docker.com/")
_TIANGOLO = ("tiangolo/uvicorn-gunicorn", "tiangolo/meinheld-gunicorn")
_CONTINUUM = ("continuumio/anaconda3", "continuumio/miniconda3")
_DISTROLESS = "gcr.io/distroless/"


def image_facts(ref: ImageRef | None) -> ImageFacts:
    """What is known of an image; everything is None for one that no table has."""
    if ref is None:
        return ImageFacts()
    name = canonical_name(ref)
    tag = ref.effective_tag
    facts = _facts(name, tag)
    if ref.digest and facts.kind:
        return facts._replace(patch_floats=False if facts.python else facts.patch_floats)
    return facts


def canonical_name(ref: ImageRef) -> str:
    """The name without a public mirror: `mirror.gcr.io/library/python` is `python`."""
    for prefix in (*_MIRRORS_OF_OFFICIAL, *_MIRRORS_OF_HUB):
        if ref.name.startswith(prefix):
            return ref.name.removeprefix(prefix)
    return ref.name


def _facts(name: str, tag: str | None) -> ImageFacts:
    from dockerlint_py.knowledge.images import bases

    if name == "python":
        from dockerlint_py.knowledge.images.official_python import python_facts

        return python_facts(tag)
    if name in bases.FAMILIES:
        return bases.distribution_facts(name, tag)
    if name in _BASES:
        return _base(name, tag)
    return _others(name, tag)


_BASES = frozenset(("scratch", "busybox", "buildpack-deps"))


def _base(name: str, tag: str | None) -> ImageFacts:
    from dockerlint_py.knowledge.images import bases

    if name == "scratch":
        return bases.scratch_facts()
    return bases.busybox_facts() if name == "busybox" else bases.buildpack_facts(tag)


def _others(name: str, tag: str | None) -> ImageFacts:
    from dockerlint_py.knowledge.images import services, vendors

    known = vendors.FACTS.get(name)
    if known is not None:
        return known(tag)
    if name.startswith(_DISTROLESS):
        return vendors.distroless_facts(name, tag)
    if name.startswith(_TIANGOLO):
        return vendors.tiangolo_facts(name, tag)
    if name in _CONTINUUM:
        return vendors.miniconda_facts(tag)
    row = services.ROWS.get(name)
    return services.service_facts(row, tag) if row else ImageFacts()
