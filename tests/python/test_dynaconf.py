"""What texts become is what dynaconf itself makes of them."""

import pytest
from dynaconf import Dynaconf, DynaconfParseError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dockerlint_py.python.evaluate.dynaconf_values import from_variable
from dockerlint_py.python.evaluate.results import NotKnownError, to_python
from dockerlint_py.python.evaluate.values import NOWHERE

WORDS = ["true", "False", "@int", "@bool", "@json", "@none", "@str", "@float", "@merge", "inf", "1"]
TEXTS = st.one_of(
    st.text("019.eE+-_:xo", max_size=6),
    st.text("[]{}=,'\"1a \n#", max_size=8),
    st.lists(st.sampled_from([*WORDS, " ", "[1]", "a", '"'])).map("".join),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
)


def loaded(text: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_X", text)
        return Dynaconf(envvar_prefix="SHOP").X


@given(TEXTS)
@example('@json [1, {"a": null}]')
@example("@bool  True ")
@example("5 # five")
@example("@int")
@settings(max_examples=400, deadline=None)
def test_a_known_value_is_the_one_of_dynaconf(text: str) -> None:
    try:
        ours = to_python(from_variable(text, NOWHERE))
    except NotKnownError:
        return
    assert repr(ours) == repr(loaded(text))


@pytest.mark.parametrize("text", ["@int x", "@json {", "@float"])
def test_what_dynaconf_refuses_is_unknown(text: str) -> None:
    with pytest.raises(DynaconfParseError):
        loaded(text)
    with pytest.raises(NotKnownError):
        to_python(from_variable(text, NOWHERE))
