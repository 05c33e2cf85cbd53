"""Tools for development and tests that are installed in an image."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.dev_tools import is_dev_tool
from dockerlint_py.manifests import Manifest, Requirement, group_name, normalise
from dockerlint_py.manifests.installers import Flag
from dockerlint_py.model.packages.contents import MAIN, Distribution
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

_DEV_NAME = regex(
    r"(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|linting|local|debug|qa)(?=$|[-_.])"
)
_EXACT_VERBS = ("sync",)


class DevDependencies(NamedTuple):
    """Tools that a command installs, where that is asked for, and how to leave them out."""

    what: str
    tools: tuple[str, ...]
    place: Place
    facts: tuple[Known[Any], ...]
    advice: str

    @property
    def text(self) -> str:
        """The tools for people."""
        more = len(self.tools) - 3
        return ", ".join(self.tools[:3]) + (f" and {more} more" if more > 0 else "")


def dev_dependencies(installations: Iterable[Installation]) -> Iterator[DevDependencies]:
    """What the commands of an image install for developers."""
    found = [i for i in installations if i.is_clear and not i.is_conditional]
    for installation in found:
        if installation.of_project:
            yield from _groups(installation, found)
        else:
            yield from _named_groups(installation)
            yield from _files(installation)
            yield from _extras(installation)


def _groups(
    installation: Installation, others: Iterable[Installation]
) -> Iterator[DevDependencies]:
    manifest, command = installation.project, installation.command
    if manifest is None or not (command.installs or command.verb == "export"):
        return
    for group in sorted((installation.groups or frozenset()) - {MAIN}):
        members = _members_items(installation, group)
        items: tuple[Requirement | Distribution, ...] = members or manifest.groups.get(group, ())
        if not _is_for_developers(group, items) or _is_taken_out(installation, group, others):
            continue
        yield _group(installation, group_name(group), items, _leaving_out(installation, group))


def _group(
    installation: Installation,
    name: str,
    items: tuple[Requirement | Distribution, ...],
    advice: str,
) -> DevDependencies:
    place = items[0].place
    says = f"{place.path} has the dependency group {name}"
    facts = (installation.fact(), Known(name, (place,), says=says))
    tools = tuple(item.name for item in items)
    return DevDependencies(f"the group {name}", tools, installation.place, facts, advice)


def _named_groups(installation: Installation) -> Iterator[DevDependencies]:
    """`pip install --group dev`."""
    for group in installation.named_groups if installation.command.installs else ():
        items = group.items or ()
        if _is_for_developers(group.name, items):
            yield _group(installation, group.name, items, "leave it out of the command")


def _members_items(installation: Installation, group: str) -> tuple[Distribution, ...]:
    """What a group brings of the members of a workspace that are chosen by name."""
    found = installation.contents.distributions.values() if installation.command.members else ()
    return tuple(each for each in found if each.direct and each.group == group)


def _is_for_developers(group: str, items: Sequence[Requirement | Distribution]) -> bool:
    """A group by its name, or any that brings a test tool and is not called production."""
    if not items or normalise(group).startswith("prod"):
        return False
    return bool(_DEV_NAME.search(group)) or any(is_dev_tool(item.name) for item in items)


def _is_taken_out(installation: Installation, group: str, others: Iterable[Installation]) -> bool:
    """Whether a later `sync` into the same environment removes the group again."""
    seen = False
    for other in others:
        if seen and other.of_project and other.command.verb in _EXACT_VERBS:
            same = other.command.tool == installation.command.tool
            groups = other.groups
            if same and groups is not None and group not in groups:
                return True
        seen = seen or other is installation
    return False


def _leaving_out(installation: Installation, group: str) -> str:
    tool, command = installation.command.tool, installation.command
    named = (*command.groups.included, *command.groups.only)
    if Flag.DEV in command.flags or group_name(group) in named:
        return "leave it out of the command"
    options = {"uv": "--no-dev", "poetry": "--only main", "pdm": "--prod"}
    if tool == "uv" and normalise(group) != "dev":
        return f"add `--no-group {group_name(group)}`"
    if tool == "poetry" and command.groups.included:
        return f"add `--without {group}`"
    return f"add `{options.get(tool, '--no-dev')}`"


def _files(installation: Installation) -> Iterator[DevDependencies]:
    """`pip install -r requirements/dev.txt`, when it holds such tools."""
    for given in installation.requirement_files:
        manifest = given.whole
        if manifest is None or manifest.kind != "requirements":
            continue
        tools = _dev_tools(manifest.main)
        if _DEV_NAME.search(manifest.path) and tools:
            what, advice = manifest.path, "install what production needs from a file of its own"
            yield DevDependencies(what, tools, given.at, (installation.fact(),), advice)


def _extras(installation: Installation) -> Iterator[DevDependencies]:
    """`pip install .[dev]`."""
    for given in installation.projects:
        for extra in given.extras if given.whole else ():
            items = given.whole.extras.get(normalise(extra), ()) if given.whole else ()
            tools = _dev_tools(items)
            if tools and _DEV_NAME.search(extra):
                what, advice = f"the extra {extra}", "leave it out of the command"
                yield DevDependencies(what, tools, given.at, (installation.fact(),), advice)


def _dev_tools(items: Iterable[Requirement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.name for item in items if is_dev_tool(item.name)))


def misplaced_tools(
    installations: Iterable[Installation], is_used: Callable[[str], bool]
) -> Iterator[DevDependencies]:
    """Tools for developers among the dependencies that production needs, one entry a manifest."""
    for path, (manifest, installation) in _main_manifests(installations).items():
        items = [r for r in manifest.main if is_dev_tool(r.name) and not is_used(r.name)]
        if items:
            tools = tuple(dict.fromkeys(item.name for item in items))
            facts = (installation.fact(),)
            advice = "move them to a group that production leaves out"
            yield DevDependencies(path, tools, items[0].place, facts, advice)


def _main_manifests(
    installations: Iterable[Installation],
) -> Mapping[str, tuple[Manifest, Installation]]:
    """The manifests whose main dependencies are installed; generated files list everything."""
    found: dict[str, tuple[Manifest, Installation]] = {}
    for installation in installations:
        if not installation.is_clear or installation.is_conditional:
            continue
        given = [each.whole for each in installation.requirement_files]
        given += [each.whole for each in installation.projects]
        if MAIN in (installation.groups or ()):
            given.append(installation.project)
        for manifest in given:
            if manifest is None or manifest.generated_by or _DEV_NAME.search(manifest.path):
                continue
            found.setdefault(manifest.path, (manifest, installation))
    return found
