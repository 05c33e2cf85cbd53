"""What is wrong with how a server is run, as facts for rules."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.networking.front import proxy_before
from dockerlint_py.model.services.mounts import MountKind

if TYPE_CHECKING:
    from dockerlint_py.compose import Port
    from dockerlint_py.knowledge.servers import Interface
    from dockerlint_py.model.servers.missing import MissingTarget
    from dockerlint_py.model.servers.missing_programs import DeprecatedClass, WrongWorkerClass
    from dockerlint_py.model.servers.scaling import OfHostCpus
    from dockerlint_py.model.servers.served import ServedApplication
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.model.servers.stopping import ShortGrace

_CALLS_FACTORIES = ("fastapi run", "fastapi dev", "flask run", "uvicorn")
"""Servers that call a function which makes an application without being told to."""


class ServerProblems:
    """What rules ask about one server; each is None where it is not known to be a problem."""

    def __init__(self, server: "RunningServer") -> None:
        self._server = server

    @cached_property
    def mismatch(self) -> "tuple[Known[Interface], Known[ServedApplication]] | None":
        """What it calls and what it serves, where it is known that the two do not fit."""
        served, interface = self._server.served.application, self._server.interface
        if (
            not self._server.is_web
            or not isinstance(served, Known)
            or not isinstance(interface, Known)
        ):
            return None
        needed, spoken = served.value.interface, interface.value
        if spoken is None or needed == "worker" or needed == spoken:
            return None
        is_called = not served.value.is_factory or self.calls_factories
        called = Known(spoken, interface.places, interface.confidence, interface.says)
        return (called, served) if is_called else None

    @property
    def calls_factories(self) -> bool:
        """Whether it calls the function that its target names, to get the application."""
        target = self._server.target
        named = isinstance(target, Known) and target.value is not None and target.value.is_factory
        return named or self._server.code is not None or self._server.name in _CALLS_FACTORIES

    @property
    def ignored_workers(self) -> int | None:
        """The workers that it does not start because it reloads: uvicorn starts one."""
        workers, reload = self._server.workers, self._server.reload
        if not isinstance(workers, Known) or not isinstance(reload, Known) or not reload.value:
            return None
        several = (workers.value or 1) > 1 and self._server.name in ("uvicorn", "fastapi run")
        return workers.value if several else None

    @property
    def missing(self) -> "MissingTarget | None":
        """What is missing of its target."""
        from dockerlint_py.model.servers.missing import missing_target

        return missing_target(self._server)

    @property
    def wrong_worker_class(self) -> "WrongWorkerClass | None":
        """Why gunicorn cannot load its worker class."""
        from dockerlint_py.model.servers.missing_programs import wrong_worker_class

        return wrong_worker_class(self._server)

    @property
    def single_worker(self) -> "Known[int | None] | None":
        """That it has one process, for want of a number, and nothing starts more containers."""
        from dockerlint_py.model.servers.scaling import single_worker

        return single_worker(self._server)

    @property
    def of_host_cpus(self) -> "OfHostCpus | None":
        """Where the number of its workers is counted from the CPUs of the host."""
        from dockerlint_py.model.servers.scaling import of_host_cpus

        return of_host_cpus(self._server)

    @property
    def short_grace(self) -> "ShortGrace | None":
        """The time that it has to end, when that is shorter than it takes."""
        from dockerlint_py.model.servers.stopping import short_grace

        return short_grace(self._server)

    @property
    def heartbeat_on_disk(self) -> Known[str | None] | None:
        """That the files of gunicorn's heartbeat are on a disk; None when they may be elsewhere."""
        folder = self._server.settings.text("worker_tmp_dir")
        mount = self._server.container.mounts.at("/tmp")
        on_disk = isinstance(mount, Known) and (
            mount.value is None or mount.value.kind is not MountKind.TMPFS
        )
        unset = isinstance(folder, Known) and folder.value is None
        if (
            self._server.name != "gunicorn"
            or not self._server.is_certain
            or not (on_disk and unset)
        ):
            return None
        moved = self._server.invocation.env.get("TMPDIR")
        return moved if isinstance(moved, Known) and moved.value is None else None

    @property
    def exposed_sync(self) -> "tuple[Port, Known[str | None]] | None":
        """The port that a sync worker is published on, with no proxy before it."""
        service, worker_class = self._server.container.service, self._server.worker_class
        if service is None or not self._server.is_certain or not service.published_to_all:
            return None
        if not isinstance(worker_class, Known) or worker_class.value != "sync":
            return None
        proxy = proxy_before(self._server.container)
        no_proxy = isinstance(proxy, Known) and proxy.value is None
        return (service.published_to_all[0], worker_class) if no_proxy else None

    @property
    def lost_requests(self) -> "Known[str | None] | None":
        """That nothing logs the requests that gunicorn answers: neither it nor a proxy."""
        log = self._server.access_log
        if (
            self._server.name != "gunicorn"
            or not self._server.is_certain
            or not isinstance(log, Known)
        ):
            return None
        proxy = proxy_before(self._server.container)
        no_proxy = isinstance(proxy, Known) and proxy.value is None
        return proxy if isinstance(proxy, Known) and no_proxy and not log.value else None

    @property
    def own_tls(self) -> Known[bool] | None:
        """That it speaks TLS itself, and not to know its clients by their certificates."""
        tls, clients = self._server.tls, self._server.settings.given("ca_certs")
        mutual = isinstance(clients, Unknown) or bool(clients.value)
        known = isinstance(tls, Known) and tls.value and self._server.is_certain and not mutual
        return tls if isinstance(tls, Known) and known else None

    @property
    def deprecated_class(self) -> "DeprecatedClass | None":
        """Its worker class, when it is one of uvicorn's own."""
        from dockerlint_py.model.servers.missing_programs import deprecated_class

        return deprecated_class(self._server)

    @property
    def unreachable_websockets(self) -> "Known[str] | None":
        """The routes for WebSockets of its application, when no server can serve them."""
        from dockerlint_py.model.servers.websockets import unreachable_websockets

        return unreachable_websockets(self._server)

    @property
    def detached(self) -> Known[str] | None:
        """What sends it to the background: an option, `&`, or a setting of another source."""
        invocation, daemon = self._server.invocation, self._server.daemon
        option = invocation.serving.detach if invocation.serving is not None else None
        if option is not None:
            return Known(option.value, (option.place,))
        if invocation.command.background:
            return Known("&", (invocation.place,))
        if isinstance(daemon, Unknown) or not daemon.value or self._server.code is not None:
            return None
        return Known("daemon", daemon.places, says=daemon.says)
