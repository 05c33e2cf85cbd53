from pathlib import Path

import pytest

from dockerlint_py.engine.config import (
    Config,
    FileSetConfig,
    check_against_rules,
    find_config,
    load_config,
)
from dockerlint_py.engine.errors import ConfigError
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.model.finding import Severity


def written(folder: Path, text: str, name: str = ".dockerlint.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
profile = "strict"
select = ["SRV"]
extend-select = ["IMG001"]
ignore = ["STC006"]
fail-on = "error"
exclude = ["legacy/**"]
plugins = ["dockerlint_rules", "acme_rules"]
baseline = "b.json"
[file-sets]
prod = { files = ["compose.yml", "compose.prod.yml"], role = "prod" }
[severity]
SRV007 = "warning"
[per-path-ignores]
"scripts/**" = ["PYR001"]
[rules.IMG001]
months-ahead = 3
"""
    assert load_config(written(tmp_path, text), "shown.toml") == Config(
        path="shown.toml",
        profile="strict",
        select=("SRV",),
        extend_select=("IMG001",),
        ignore=("STC006",),
        fail_on="error",
        exclude=("legacy/**",),
        plugins=("dockerlint_rules", "acme_rules"),
        baseline="b.json",
        file_sets={"prod": FileSetConfig(("compose.yml", "compose.prod.yml"), "prod")},
        severity={"SRV007": Severity.WARNING},
        per_path_ignores={"scripts/**": ("PYR001",)},
        rules={"IMG001": {"months-ahead": 3}},
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profil = 1", "c.toml:1: unknown key 'profil' (did you mean \"profile\"?)"),
        (
            '\nprofile = "strct"',
            'c.toml:2: profile: expected one of default, strict (did you mean "strict"?)',
        ),
        ("select = 'SRV'", "c.toml:1: select: expected a list of strings"),
        ("ignore = [1]", "c.toml:1: ignore: expected a list of strings"),
        ("baseline = 1", "c.toml:1: baseline: expected a string"),
        ("severity = 1", "c.toml:1: severity: expected a table"),
        (
            '[severity]\nA = "x"\nSRV007 = "bad"',
            "c.toml:2: A: expected one of info, warning, error",
        ),
        (
            "[file-sets.prod]\nfile = []",
            "c.toml:1: file-sets.prod: unknown key 'file' (did you mean \"files\"?)",
        ),
        ("[file-sets.prod]\nrole = 'prod'", "c.toml:1: file-sets.prod: no files"),
        ("a = ", "c.toml: not TOML: "),
    ],
)
def test_an_error_names_file_line_and_what_was_meant(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text), "c.toml")
    assert str(caught.value).startswith(message)


def test_the_table_of_pyproject_is_read_with_its_lines(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.dockerlint-py]\nignor = []\n'
    with pytest.raises(ConfigError, match=r"^p:4: unknown key 'ignor'"):
        load_config(written(tmp_path, text, "pyproject.toml"), "p")


def test_the_nearest_file_is_found_up_to_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    deep = root / "a" / "b"
    deep.mkdir(parents=True)
    written(tmp_path, "")
    assert find_config(deep, root) is None
    written(root, "[tool.other]", "pyproject.toml")
    assert find_config(deep, root) is None
    top = written(root, "")
    assert find_config(deep, root) == top
    near = written(root / "a", "[tool.dockerlint-py]", "pyproject.toml")
    assert find_config(deep, root) == near


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            Config(rules={"named-bas": {}}),
            "no rule is called 'named-bas' (did you mean \"named-base\"?)",
        ),
        (Config(severity={"SRV": Severity.INFO}), "no rule is called 'SRV'"),
        (
            Config(rules={"XYZ001": {"wrd": ""}}),
            "rules.XYZ001: no option is called 'wrd' (did you mean \"word\"?)",
        ),
        (Config(rules={"XYZ001": {"word": 1}}), "rules.XYZ001.word: expected string"),
        (Config(rules={"XYZ001": {"loud": 1}}), "rules.XYZ001.loud: expected boolean"),
    ],
)
def test_rules_and_options_must_exist(pack: str, config: Config, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_against_rules(config, load_catalogue([pack]))
    assert message in str(caught.value)
