"""Comments that silence findings: `# dockerlint: ignore[SRV001] why`."""

from dockerlint_py.engine.suppression.apply import Suppressed, Suppressions
from dockerlint_py.engine.suppression.directive import Directive, Scope, parse_comment

__all__ = ["Directive", "Scope", "Suppressed", "Suppressions", "parse_comment"]
