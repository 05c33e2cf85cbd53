"""Reads one word at a time: quotes, expansions, substitutions and patterns.

Every regular expression here is linear: the classes in a row exclude what may follow them.
"""

import re

from dockerlint_py.shell.command import Command, Heredoc, Problem
from dockerlint_py.shell.word import Part, PartKind, Word
from dockerlint_py.text import LogicalText
from dockerlint_py.text.regex import regex

MAX_DEPTH = 32
"""Substitutions and expansions inside each other that are followed; what is deeper is opaque."""

_MAX_ARITHMETIC_FAILURES = 20

_LITERAL = regex(r"[^ \t\n|&;<>()$`\\\"'*?\[{@!+]+")
_DOUBLE_QUOTED = regex(r"[^\"$`\\]+")
_BODY_TEXT = regex(r"[^$`\\]+")
_OPERAND = regex(r"[^}\"'$`\\]+")
_BRACKET = regex(r"\[[!^]?\]?[^\]\s'\"$`\\|&;<>()/\[]*\]")
_BRACES = regex(r"\{[^{}\s'\"$`\\|&;<>()]*\}")
_TILDE = regex(r"~([A-Za-z0-9_+.-]*)(?=[/:\s|&;<>()]|\Z)")
_PARAMETER = regex(
    r"\$\{([!#]?)([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])"
    r"(\[[^\]\n}]*\])?(:[-=?+]|[-=?+:@]|##?|%%?|//?|\^\^?|,,?)?"
)
_VARIABLE = regex(r"\$([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_PARENTHESES = regex(r"[()]")
_ANSI_C = regex(r"[^'\\]*(?:\\[\s\S][^'\\]*)*")
_ANSI_ESCAPE = regex(
    r"\\(?:([abeEfnrtv\\'\"?])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2})"
    r"|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))"
)
_ANSI_NAMED = dict(zip("abeEfnrtv\\'\"?", "\a\b\x1b\x1b\f\n\r\t\v\\'\"?", strict=True))
_DELIMITERS = frozenset(" \t\n|&;<>()")
_ESCAPABLE = frozenset('"$`\\')


class Run:
    """What all the scanners of one script share: its commands so far, and its budgets."""

    __slots__ = ("arithmetic_failures", "commands", "depth", "heredocs", "pending", "problems")

    def __init__(self) -> None:
        self.commands: list[Command | None] = []
        self.problems: list[Problem] = []
        self.heredocs: dict[int, list[Heredoc]] = {}
        self.pending: list[tuple[int, Word, bool]] = []
        self.depth = 0
        self.arithmetic_failures = 0


class WordScanner:
    """Reads words of `logical` that end before `end`.

    The subclass reads the commands of a substitution, through `commands`.
    """

    __slots__ = ("end", "logical", "run", "text")

    def __init__(self, logical: LogicalText, end: int, run: Run) -> None:
        self.logical = logical
        self.text = logical.text
        self.end = end
        self.run = run

    def commands(self, logical: LogicalText, start: int, end: int, *, nested: bool) -> int:
        """Reads commands from `start`, to the `)` that closes a `nested` list, or to `end`."""
        raise NotImplementedError

    def problem(self, message: str, start: int, end: int) -> None:
        """Notes what could not be understood."""
        self.run.problems.append(Problem(message, self.logical.place(start, end)))

    def word(self, start: int) -> tuple[Word, int]:
        """The word at `start` and where it ends; empty if no word begins there."""
        parts: list[Part] = []
        at = start
        while at < self.end:
            char = self.text[at]
            if char in _DELIMITERS and not self._process_substitution(char, at):
                break
            if char == "\\" and self._continues(at):
                break
            at = self._unquoted(char, at, parts, at == start)
        return Word.of_parts(self.logical, start, at, tuple(parts)), at

    def _continues(self, at: int) -> bool:
        """Whether only a line continuation is here, and the word has ended before it."""
        while self.text.startswith("\\\n", at) and at + 1 < self.end:
            at += 2
            if at >= self.end or self.text[at] in _DELIMITERS:
                return True
        return False

    def _process_substitution(self, char: str, at: int) -> bool:
        return char in "<>" and self.text.startswith("(", at + 1) and at + 1 < self.end

    def _unquoted(self, char: str, at: int, parts: list[Part], first: bool) -> int:
        """Reads one run outside of quotes; returns where it ends, always further on."""
        if char == "'":
            return self._single_quoted(at, parts)
        if char == '"':
            return self._double_quoted(at, parts)
        if char == "\\":
            return self._escape(at, parts)
        if char == "$" or char == "`":
            return self._expansion(at, parts, quoted=False)
        if char in "<>":
            return self._substitution(at, parts, PartKind.PROCESS, quoted=False)
        if char in "*?[{~@!+":
            return self._pattern(char, at, parts, first)
        match = _LITERAL.match(self.text, at, self.end)
        end = match.end() if match else at + 1
        parts.append(Part(PartKind.LITERAL, self.text[at:end], at, end))
        if self.text[end - 1] in "=:" and self.text.startswith("~", end):
            return self._pattern("~", end, parts, first=True)
        return end

    def _single_quoted(self, at: int, parts: list[Part]) -> int:
        close = self.text.find("'", at + 1, self.end)
        if close < 0:
            self.problem("unterminated single quote", at, at + 1)
            close = self.end
        text = self.text[at + 1 : close]
        parts.append(Part(PartKind.LITERAL, text, at + 1, close, quoted=True))
        return min(close + 1, self.end)

    def _double_quoted(self, at: int, parts: list[Part]) -> int:
        before = len(parts)
        close = self.quoted_run(at + 1, self.end, parts, _DOUBLE_QUOTED, stop='"')
        if close >= self.end:
            self.problem("unterminated double quote", at, at + 1)
        if len(parts) == before:
            parts.append(Part(PartKind.LITERAL, "", at + 1, min(at + 1, self.end), quoted=True))
        return min(close + 1, self.end)

    def quoted_run(
        self, at: int, end: int, parts: list[Part], plain: re.Pattern[str], stop: str
    ) -> int:
        """Reads text in which only `$`, a back quote and a backslash are special, up to `stop`."""
        text = self.text
        while at < end and text[at] != stop:
            char = text[at]
            if char == "\\":
                at = self._quoted_escape(at, end, parts, stop)
            elif char == "$" or char == "`":
                at = self._expansion(at, parts, quoted=True)
            else:
                match = plain.match(text, at, end)
                after = match.end() if match else at + 1
                parts.append(Part(PartKind.LITERAL, text[at:after], at, after, quoted=True))
                at = after
        return at

    def _quoted_escape(self, at: int, end: int, parts: list[Part], stop: str) -> int:
        follower = self.text[at + 1] if at + 1 < end else ""
        if follower == "\n":
            return at + 2
        removed = bool(follower) and follower in _ESCAPABLE and (follower != '"' or bool(stop))
        start = at + 1 if removed else at
        after = at + 2 if removed else at + 1
        parts.append(Part(PartKind.LITERAL, self.text[start:after], start, after, quoted=True))
        return after

    def _escape(self, at: int, parts: list[Part]) -> int:
        if at + 1 >= self.end:
            parts.append(Part(PartKind.LITERAL, "\\", at, at + 1))
            return at + 1
        if self.text[at + 1] != "\n":
            char = self.text[at + 1]
            parts.append(Part(PartKind.LITERAL, char, at + 1, at + 2, quoted=True))
        return at + 2

    def _expansion(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        """Reads what a `$` or a back quote begins."""
        text = self.text
        if text[at] == "`":
            return self._back_quoted(at, parts, quoted=quoted)
        follower = text[at + 1] if at + 1 < self.end else ""
        if follower == "(":
            return self._parenthesis(at, parts, quoted=quoted)
        if follower == "{":
            return self._parameter(at, parts, quoted=quoted)
        if not quoted and follower == "'":
            return self._ansi_c(at, parts)
        if not quoted and follower == '"':
            return self._double_quoted(at + 1, parts)
        match = _VARIABLE.match(text, at, self.end)
        if match is None:
            parts.append(Part(PartKind.LITERAL, "$", at, at + 1, quoted))
            return at + 1
        end = match.end()
        parts.append(Part(PartKind.VARIABLE, match[0], at, end, quoted, match[1]))
        return end

    def _parenthesis(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        close = self.arithmetic_end(at + 1) if self.text.startswith("((", at + 1) else -1
        if close < 0:
            return self._substitution(at, parts, PartKind.COMMAND, quoted=quoted)
        self.substitutions(at + 3, close - 2)
        parts.append(Part(PartKind.ARITHMETIC, self.text[at:close], at, close, quoted))
        return close

    def arithmetic_end(self, at: int) -> int:
        """Where the `((` at `at` is closed by `))`; -1 if it is two nested parentheses."""
        if self.run.arithmetic_failures >= _MAX_ARITHMETIC_FAILURES:
            return -1
        depth = 0
        for match in _PARENTHESES.finditer(self.text, at, self.end):
            if match[0] == "(":
                depth += 1
                continue
            depth -= 1
            if depth == 1:
                inner = match.end()
                if inner < self.end and self.text[inner] == ")":
                    return inner + 1
                break
        self.run.arithmetic_failures += 1
        return -1

    def substitutions(self, start: int, end: int) -> None:
        """Reads only the commands in a text where `$` is special and quotes are not."""
        text, run = self.text, self.run
        if text.find("$(", start, end) < 0 and text.find("`", start, end) < 0:
            return
        if run.depth >= MAX_DEPTH:
            self.problem("substitutions nested too deeply", start, start)
            return
        run.depth += 1
        self.bounded(end).quoted_run(start, end, [], _BODY_TEXT, stop="")
        run.depth -= 1

    def bounded(self, end: int) -> "WordScanner":
        """This scanner for a part of the text that ends at `end`."""
        raise NotImplementedError

    def _substitution(self, at: int, parts: list[Part], kind: PartKind, *, quoted: bool) -> int:
        end = self._nested(self.logical, at + 2, self.end, nested=True)
        parts.append(Part(kind, self.text[at:end], at, end, quoted))
        return end

    def _nested(self, logical: LogicalText, start: int, end: int, *, nested: bool) -> int:
        run = self.run
        if run.depth >= MAX_DEPTH:
            self.problem("substitutions nested too deeply", start, start)
            return end
        run.depth += 1
        try:
            return self.commands(logical, start, end, nested=nested)
        finally:
            run.depth -= 1

    def _back_quoted(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        close, escapes = at + 1, []
        while close < self.end and self.text[close] != "`":
            if self.text[close] == "\\" and self.text[close + 1 : close + 2] in ("`", "\\", "$"):
                escapes.append(close)
                close += 1
            close += 1
        if close >= self.end:
            self.problem("unterminated back quote", at, at + 1)
            close = self.end
        inner = without(self.logical.slice(at + 1, close), [spot - at - 1 for spot in escapes])
        self._nested(inner, 0, len(inner.text), nested=False)
        end = min(close + 1, self.end)
        parts.append(Part(PartKind.COMMAND, self.text[at:end], at, end, quoted))
        return end

    def _ansi_c(self, at: int, parts: list[Part]) -> int:
        match = _ANSI_C.match(self.text, at + 2, self.end)
        close = match.end() if match else self.end
        if close >= self.end:
            self.problem("unterminated single quote", at, at + 2)
        text = _ANSI_ESCAPE.sub(_ansi_character, self.text[at + 2 : close])
        parts.append(Part(PartKind.LITERAL, text, at + 2, close, quoted=True))
        return min(close + 1, self.end)

    def _parameter(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        """Reads `${...}`; one that is not understood becomes a variable without a name."""
        match = _PARAMETER.match(self.text, at, self.end)
        name, operator, start = "", "", at + 2
        if match is not None:
            start = match.end()
            plain = not match[1] and not match[3]
            name, operator = match[2], (match[4] or "") if plain else match[0][2:]
        operand: list[Part] = []
        end = self._operand(start, operand, quoted=quoted)
        if match is not None and not operator and end > start + 1:
            operator = self.text[start : end - 1]
        text = self.text[at:end]
        parts.append(Part(PartKind.VARIABLE, text, at, end, quoted, name, operator, tuple(operand)))
        return end

    def _operand(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        """Reads to the `}` that closes a parameter expansion; returns what is behind it."""
        run = self.run
        if run.depth >= MAX_DEPTH:
            self.problem("expansions nested too deeply", at, at)
            return self.end
        run.depth += 1
        begin = at
        while at < self.end and self.text[at] != "}":
            at = self._operand_run(at, parts, quoted=quoted)
        run.depth -= 1
        if at >= self.end:
            self.problem("unterminated parameter expansion", begin, begin)
        return min(at + 1, self.end)

    def _operand_run(self, at: int, parts: list[Part], *, quoted: bool) -> int:
        char = self.text[at]
        if char == "'" and not quoted:
            return self._single_quoted(at, parts)
        if char == '"':
            return self._double_quoted(at, parts)
        if char == "\\":
            return self._escape(at, parts)
        if char == "$" or char == "`":
            return self._expansion(at, parts, quoted=quoted)
        match = _OPERAND.match(self.text, at, self.end)
        end = match.end() if match else at + 1
        parts.append(Part(PartKind.LITERAL, self.text[at:end], at, end, quoted))
        return end

    def _pattern(self, char: str, at: int, parts: list[Part], first: bool) -> int:
        """Reads a pattern, braces or a tilde; a literal character if it is none of them."""
        text, end, kind, name = self.text, at + 1, PartKind.LITERAL, ""
        if char in "?*+@!" and text.startswith("(", at + 1) and at + 1 < self.end:
            kind, end = PartKind.GLOB, self._balanced(at + 1)
        elif char in "*?":
            kind = PartKind.GLOB
        elif char == "[" and (match := _BRACKET.match(text, at, self.end)):
            kind, end = PartKind.GLOB, match.end()
        elif char == "{" and (match := _BRACES.match(text, at, self.end)):
            if "," in match[0] or ".." in match[0]:
                kind, end = PartKind.BRACES, match.end()
        elif char == "~" and first and (match := _TILDE.match(text, at, self.end)):
            kind, end = PartKind.TILDE, match.end()
            name = "HOME" if not match[1] else match[0]
        parts.append(Part(kind, text[at:end], at, end, name=name))
        return end

    def _balanced(self, at: int) -> int:
        """Where the parenthesis at `at` is closed, on the same line; behind it if it is not."""
        line_end = self.text.find("\n", at, self.end)
        depth = 0
        for match in _PARENTHESES.finditer(self.text, at, line_end if line_end > 0 else self.end):
            depth += 1 if match[0] == "(" else -1
            if not depth:
                return match.end()
        self.problem("unterminated pattern", at, at + 1)
        return line_end if line_end > 0 else self.end


def without(text: LogicalText, offsets: list[int]) -> LogicalText:
    """The text without the characters at these offsets, in ascending order."""
    if not offsets:
        return text
    parts: list[Part] = []
    start = 0
    for offset in [*offsets, len(text.text)]:
        if offset > start:
            parts.append(Part(PartKind.LITERAL, text.text[start:offset], start, offset))
        start = offset + 1
    return Word.of_parts(text, 0, len(text.text), tuple(parts)).cooked()


def _ansi_character(match: re.Match[str]) -> str:
    named, octal, *hexadecimal = match.groups()
    if named:
        return _ANSI_NAMED[named]
    code = int(octal, 8) if octal else int(next(digits for digits in hexadecimal if digits), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
