"""Code of an application that runs on an event loop."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.blocking_calls import BlockingCall
    from dockerlint_py.model.code.engines import MismatchedEngine
    from dockerlint_py.model.code.sync_drivers import SyncDriver

_ON_ONE_LOOP = frozenset({"FastAPI", "Starlette", "Litestar", "Quart", "Sanic", "Falcon"})
"""Frameworks whose applications are asynchronous whatever serves them."""


class AsyncCode:
    """What an application does on the event loop that all its requests share."""

    def __init__(self, application: "Application") -> None:
        self.application = application

    @cached_property
    def servers(self) -> tuple[Known[str], ...]:
        """The asynchronous applications that it makes: FastAPI's and the like."""
        from dockerlint_py.python.frameworks.applications import applications_in

        files = self.application.python_files
        return tuple(
            Known(path, (found.place,), says=f"{found.name} is {found.kind.framework}'s")
            for path in self.application.entries
            for found in applications_in(files.modules, files.facts(path))
            if found.kind.interface == "asgi" and found.kind.framework in _ON_ONE_LOOP
        )

    @cached_property
    def files(self) -> frozenset[str]:
        """The files that are imported when one of them serves."""
        reached = frozenset[str]().union(*(files for _, files in self._reached))
        return self.application.runtime & reached

    def server_of(self, path: str) -> Known[str]:
        """The first of the asynchronous applications that imports a file."""
        importing = (server for server, files in self._reached if path in files)
        return next(importing, self.servers[0])

    @cached_property
    def _reached(self) -> tuple[tuple[Known[str], frozenset[str]], ...]:
        graph = self.application.python_files.graph
        return tuple((each, frozenset(graph.reachable([each.value]))) for each in self.servers)

    @cached_property
    def django_server(self) -> Known[str] | None:
        """A server that serves its Django through ASGI, on one event loop for all requests."""
        for server in self.application.web_processes.servers if self.application.settings else ():
            if isinstance(server.interface, Known) and server.interface.value == "asgi":
                return server.fact(f"{server.name} serves it through ASGI")
        return None

    @property
    def sync_drivers(self) -> "tuple[SyncDriver, ...]":
        """Database drivers of its images that block, where its code has no other way."""
        from dockerlint_py.model.code.sync_drivers import sync_drivers_of

        return tuple(sync_drivers_of(self))

    @property
    def mismatched_engines(self) -> "tuple[MismatchedEngine, ...]":
        """SQLAlchemy engines whose driver cannot work in them."""
        from dockerlint_py.model.code.engines import mismatched_engines_of

        return tuple(mismatched_engines_of(self.application))

    @cached_property
    def blocking_calls(self) -> "tuple[BlockingCall, ...]":
        """Calls that keep all requests waiting, or that Django refuses, one for each function."""
        from dockerlint_py.model.code.blocking_calls import blocking_calls_of

        is_async = self.servers or self.application.settings
        return tuple(blocking_calls_of(self)) if is_async else ()
