"""Which rules are run."""

from collections.abc import Iterable, Sequence

from dockerlint_py.engine.errors import UserError, did_you_mean
from dockerlint_py.engine.packs import Catalogue
from dockerlint_py.engine.rule import RuleInfo

PROFILES = {"default": ("default",), "strict": ("default", "strict")}


def select_rules(
    catalogue: Catalogue,
    *,
    profile: str = "default",
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[RuleInfo, ...]:
    """The rules to run: the profile's, or those selected; some more; without the ignored ones.

    A selector is a rule's id or name, a family or a tag. An unknown one raises `UserError`.
    """
    check_selectors(catalogue, [*select, *extend_select, *ignore])

    def chosen(info: RuleInfo) -> bool:
        if _any_answers(info, ignore):
            return False
        if _any_answers(info, extend_select):
            return True
        return _any_answers(info, select) if select else info.profile in PROFILES[profile]

    return tuple(info for info in catalogue.rules if chosen(info))


def check_selectors(catalogue: Catalogue, selectors: Iterable[str]) -> None:
    """Raises `UserError` for a selector that means no rule."""
    for selector in selectors:
        if not any(info.answers_to(selector) for info in catalogue.rules):
            hint = did_you_mean(selector, catalogue.words())
            raise UserError(f"no rule, family or tag is called {selector!r}{hint}")


def _any_answers(info: RuleInfo, selectors: Iterable[str]) -> bool:
    return any(info.answers_to(selector) for selector in selectors)
