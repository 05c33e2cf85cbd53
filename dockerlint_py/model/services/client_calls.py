"""The databases, brokers and stores that code of a container connects to by itself."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.endpoints import CLIENTS, ELSEWHERE, ClientCall
from dockerlint_py.python import ModuleKind
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.running_code import RunningCode
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.services.endpoints import Endpoint
    from dockerlint_py.python.evaluate import Value
    from dockerlint_py.python.records import CallSite, Function, ModuleFacts

_LIBRARIES = (
    *("MySQLdb", "aiomysql", "asyncpg", "celery", "motor", "mysql", "pika", "psycopg", "pymongo"),
    *("pymysql", "redis", "sqlalchemy", "sqlmodel"),
)
_IMPORTED = regex(rf"^[ \t]*(?:from|import)[ \t]+(?:{'|'.join(_LIBRARIES)})", re.MULTILINE)
_CONFIGURED = regex(r"\bconf\.(?:update|broker|result)|\bconf\[|\bbroker_(?:read_|write_)?url\b")
"""What may give a Celery another broker after it is made."""
_HOST_OF_DSN = regex(r"(?:\A|\s)host\s*=\s*([A-Za-z0-9_.-]{1,253})(?=\s|\Z)")
_MAX_CALLERS = 4


def endpoints_in_code(container: "Container") -> Iterator["Endpoint"]:
    """The endpoints that stand in code which the container is sure to run."""
    for running in container.code.running:
        if running.startup is not None:
            yield from _RunCode(running).endpoints()


class _RunCode:
    """The code that one program of a container runs."""

    def __init__(self, running: "RunningCode") -> None:
        from dockerlint_py.python.routing.reading import Reader

        assert running.startup is not None
        self._running = running
        self._startup = running.startup
        self._files = running.application.python_files
        self._reader: Reader = Reader(running.evaluator)

    @cached_property
    def _reached(self) -> frozenset[str]:
        """The files that it may import."""
        return frozenset(self._files.graph.reachable([self._startup.file]))

    @cached_property
    def _imported(self) -> frozenset[str]:
        """The files that it imports when it starts."""
        found = self._files.graph.reachable([self._startup.file], optional=False, lazy=False)
        return frozenset(found)

    def endpoints(self) -> Iterator["Endpoint"]:
        """What its calls name, the calls that are made for sure."""
        mine = (p for p in sorted(self._reached) if self._files.kind(p) is ModuleKind.MODULE)
        for path in self._files.with_text(_IMPORTED, mine, _LIBRARIES):
            facts = self._files.facts(path)
            for site in facts.calls_to(*CLIENTS):
                if self._is_made(path, facts, site) and not _is_replaced(facts, site):
                    yield from self._of_call(path, site)

    def _is_made(self, path: str, facts: "ModuleFacts", site: "CallSite", depth: int = 0) -> bool:
        """Whether a call runs in any case: at the import, for a request, or for such code."""
        if any(each.kind != "with" for each in facts.guards_of(site.guard)):
            return False
        if facts.at_import(site.scope):
            return path in self._imported
        function = facts.function_of(site.scope)
        if function is None or depth > _MAX_CALLERS or path not in self._reached:
            return False
        return self._answers(facts, function) or any(
            self._is_made(use.file, self._files.facts(use.file), use.site, depth + 1)
            for use in self._running.application.origins.uses(path, function)
        )

    def _answers(self, facts: "ModuleFacts", function: "Function") -> bool:
        from dockerlint_py.python.frameworks.routes import handlers_in

        return any(each.function == function for each in handlers_in(facts))

    def _of_call(self, path: str, site: "CallSite") -> Iterator["Endpoint"]:
        from dockerlint_py.python.routing.reading import is_open

        given = {keyword.name for keyword in site.call.keywords}
        if is_open(site.call) or not ELSEWHERE.isdisjoint(name for name in given if name):
            return
        for row in CLIENTS[site.path]:
            if not row.variable or self._is_final(row.variable):
                endpoint = self._endpoint(path, site, row)
                if endpoint is not None:
                    yield endpoint

    def _is_final(self, variable: str) -> bool:
        """Whether neither a variable nor the configuration of Celery wins over an argument."""
        fact = self._startup.env.get(variable)
        files = self._running.application.files
        configured = any(True for _ in self._files.with_text(_CONFIGURED, files))
        return isinstance(fact, Known) and not fact.value and not configured

    def _endpoint(self, path: str, site: "CallSite", row: ClientCall) -> "Endpoint | None":
        from dockerlint_py.model.services.endpoints import Endpoint, parse_url
        from dockerlint_py.python.evaluate.operators import plain_text

        name = f"{site.path.rpartition('.')[2]}()"
        host = self._argument(path, site, row.host)
        address = host if host is not None else self._argument(path, site, row.url)
        text = plain_text(address) if address is not None else None
        if not text or address is None or any(r.state != "unset" for r in address.origin.reads):
            return None
        start, end = site.call.start, site.call.end
        places = address.origin.places or (self._reader.place(path, start, end),)
        if "://" in text:
            return parse_url(name, text, places[0])
        if host is None:
            match = _HOST_OF_DSN.search(text)
            return Endpoint(name, match[1], None, row.products, places[0]) if match else None
        if "/" in text or "," in text or "$" in text:
            return None
        port = self._argument(path, site, row.port)
        number = getattr(port, "value", None)
        return Endpoint(
            name, text, number if isinstance(number, int) else None, row.products, places[0]
        )

    def _argument(self, path: str, site: "CallSite", at: tuple[int, str] | None) -> "Value | None":
        if at is None:
            return None
        position, name = at
        call = site.call
        expr = call.keyword(name) if position < 0 else call.argument(position, name)
        return None if expr is None else self._reader.value(path, expr, site.scope, site.guard)


def _is_replaced(facts: "ModuleFacts", site: "CallSite") -> bool:
    """Whether the file gives the name of a client another value, too: it may never connect."""
    from dockerlint_py.python.receivers import is_made_by

    names = [item.target for item in facts.assignments if is_made_by(item.value, site.call)]
    return any(sum(item.target == name for item in facts.assignments) > 1 for name in names)
