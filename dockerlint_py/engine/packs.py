"""Rule packs: Python packages named in the configuration and imported by that name.

A pack may hold a generated `_index` module with a `RULES` tuple of `RuleInfo`; then a rule's module
is imported only when that rule is to be run. A pack without one is imported whole.
"""

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.rule import Rule, RuleInfo
from dockerlint_py.record import NamedTuple

INDEX_MODULE = "_index"


class Catalogue(NamedTuple):
    """The rules of all packs, sorted by id."""

    rules: tuple[RuleInfo, ...]

    def by_code(self, code: str) -> RuleInfo | None:
        """The rule with this id (in any case) or name."""
        for info in self.rules:
            if code.upper() == info.id or code == info.name:
                return info
        return None

    def words(self) -> list[str]:
        """All that selects a rule: ids, names, families, tags."""
        words: dict[str, None] = {}
        for info in self.rules:
            words.update(dict.fromkeys((info.id, info.name, info.family, *info.tags)))
        return list(words)


def load_catalogue(packs: Iterable[str]) -> Catalogue:
    """The rules of these packs; a pack that is missing or has no rule is an error."""
    found: dict[str, RuleInfo] = {}
    for pack in packs:
        infos = _infos(pack)
        if not infos:
            raise UserError(f"the rule pack {pack!r} holds no rule")
        for info in infos:
            if info.id in found:
                raise UserError(f"two rule packs define {info.id}")
            found[info.id] = info
    return Catalogue(tuple(found[key] for key in sorted(found)))


def load_rule(info: RuleInfo) -> Rule[Any]:
    """Imports the module of a rule and returns the rule."""
    for candidate in _rules_in(import_module(info.module)):
        if candidate.info.id == info.id:
            return candidate
    raise UserError(f"{info.module} does not define {info.id}: the pack's index is stale")


def page_of(info: RuleInfo) -> str | None:
    """The page of a rule in Markdown; None where its pack ships none."""
    from importlib.resources import files

    page = files(info.module.partition(".")[0]) / "pages" / f"{info.id}.md"
    return page.read_text(encoding="utf-8") if page.is_file() else None


def rules_of(pack: str) -> tuple[Rule[Any], ...]:
    """All rules of a pack, by importing every module of it; sorted by id."""
    from pkgutil import walk_packages

    package = import_module(pack)
    found: dict[str, Rule[Any]] = {}
    for module in walk_packages(package.__path__, f"{pack}."):
        if module.name.rpartition(".")[2] != INDEX_MODULE:
            found.update({rule.info.id: rule for rule in _rules_in(import_module(module.name))})
    return tuple(found[key] for key in sorted(found))


def _infos(pack: str) -> tuple[RuleInfo, ...]:
    try:
        import_module(pack)
    except ModuleNotFoundError as error:
        if error.name != pack.partition(".")[0] and error.name != pack:
            raise
        raise UserError(f"the rule pack {pack!r} is not installed") from error
    try:
        index = import_module(f"{pack}.{INDEX_MODULE}")
    except ModuleNotFoundError:
        return tuple(rule.info for rule in rules_of(pack))
    infos: tuple[RuleInfo, ...] = index.RULES
    return infos


def _rules_in(module: ModuleType) -> list[Rule[Any]]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]
