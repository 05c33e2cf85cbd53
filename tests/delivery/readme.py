"""The examples of the README, as they stand there: a comment names the block that follows it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def example(name: str) -> str:
    """The text of the code block behind `<!-- name -->`; `ValueError` when there is none."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, found, rest = readme.partition(f"<!-- {name} -->\n```")
    if not found:
        raise ValueError(f"README.md has no example {name!r}")
    _, _, block = rest.partition("\n")
    return block.partition("```")[0]
