"""What is not known of a Makefile is said to be so."""

import pytest

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.makefile import Scope, Unclear, lines_for, read
from dockerlint_py.text import Source


def lines(text: str, *goals: str, given: dict[str, str] | None = None) -> list[str]:
    env = {"PORT": Known("90"), "LATER": Unknown("later"), "ODD": Known("$X")}
    scope = Scope(
        read(Source("Makefile", text)),
        given or {},
        lambda name: env.get(name, Known(None)),  # type: ignore[arg-type,return-value]
        "/app",
    )
    found = lines_for(scope, goals, lambda name: name == "there")
    return [line.text.text for line in found]


@pytest.mark.parametrize(
    "text",
    [
        "include other.mk\nrun:\n\techo\n",
        "-include .env\nrun:\n\techo\n",
        "ifdef A\nB = 1\nendif\nrun:\n\techo\n",
        "define A\nx\nendef\nrun:\n\techo\n",
        "$(eval A = 1)\nrun:\n\techo\n",
        "$(foreach a,b c,$(eval $(a): d))\nrun:\n\techo\n",
        "unexport A\nrun:\n\techo\n",
        "MAKEFLAGS += --jobs\nrun:\n\techo\n",
        ".ONESHELL:\nrun:\n\tcd a\n\techo\n",
        ".RECIPEPREFIX = >\nrun:\n> echo\n",
        "run: A = 1\nrun:\n\techo $(A)\n",
        "run:: \n\techo\n",
        "run: ; echo\n",
        "run: %.o: %.c\n\techo\n",
        "run:\n\techo 1\nrun:\n\techo 2\n",
        "A = $(shell date)\nrun:\n\techo $(A)\n",
        "run:\n\techo $(call f,x)\n",
        "run:\n\techo $(A:.o=.c)\n",
        "A = 1\nA = 2\nrun:\n\techo $(A)\n",
        "A += 2\nrun:\n\techo $(A)\n",
        "A = $(A)\nrun:\n\techo $(A)\n",
        "A := $(B)\nB = 1\nrun:\n\techo $(A)\n",
        "run:\n\techo $<\n",
        "run:\n\techo $(CC)\n",
        "run:\n\techo '$(UNSET)'\n",
        "run:\n\techo $(ODD)\n",
        "LATER ?= 1\nrun:\n\techo $(LATER)\n",
        "there run: \n\techo\n.PHONY: run\nrun: there\n",
        "run: x\n%:\n\techo\n",
        "other:\n\techo\n",
        "SHELL = $(S)\nrun:\n\techo\n",
        ".SHELLFLAGS = -c -x\nrun:\n\techo\n",
        "$(T): a\nrun:\n\techo\n",
        "\techo\nrun:\n\techo\n",
        "what is this\nrun:\n\techo\n",
        *(["A0 = x\n" + "".join(f"A{n} = $(A{n - 1})$(A{n - 1})\n" for n in range(1, 40))
           + "run:\n\techo $(A39)\n"]),
        "".join(f"t{n}: t{n + 1}\n" for n in range(99)) + "t99:\nrun: t0\n\techo\n",
    ],
)  # fmt: skip
def test_what_make_decides_is_not_known(text: str) -> None:
    with pytest.raises(Unclear):
        lines(text, "run")


def test_variables_come_from_the_command_line_the_file_and_the_environment() -> None:
    text = "PORT ?= 80\nHOST = h\nrun:\n\techo $(PORT) $(HOST) $(UNSET) $(LATER) $(CURDIR)\n"
    assert lines(text) == ["echo 90 h ${UNSET} ${LATER} /app"]
    given = {"PORT": "1", "HOST": "2"}
    assert lines(text, given=given) == ["echo 1 2 ${UNSET} ${LATER} /app"]


def test_a_cycle_of_targets_ends() -> None:
    assert lines("a: b\n\techo a\nb: a\n\techo b\n") == ["echo b", "echo a"]


def test_positions_lead_to_the_makefile() -> None:
    text = "A = x\nrun:\n\t@echo $(A) \\\n\tlast\n"
    scope = Scope(read(Source("Makefile", text)), {}, lambda _: Known(None), "/")
    [line] = lines_for(scope, (), lambda _: False)
    at = line.text.text.index("last")
    assert line.text.place(at, at + 4).text == "last"
    assert line.text.place(5, 6).text == "$(A)"
