"""The Python code of the repository that a container runs, under the container's environment."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Unknown

if TYPE_CHECKING:
    from dockerlint_py.model.code.allowed_hosts import HostsMistake
    from dockerlint_py.model.code.cors import CorsPolicy
    from dockerlint_py.model.code.debugging import DebugSwitch
    from dockerlint_py.model.code.env_typos import MistypedVariable
    from dockerlint_py.model.code.flask_config import FlaskConfigUse
    from dockerlint_py.model.code.flask_env import DeadFlaskEnv
    from dockerlint_py.model.code.key_processes import RegeneratedKey
    from dockerlint_py.model.code.log_files import RiskyLog
    from dockerlint_py.model.code.missing_variables import MissingVariables
    from dockerlint_py.model.code.persistent_connections import PersistentConnections
    from dockerlint_py.model.code.running_code import RunningCode
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.code.settings_choice import WrongSettings
    from dockerlint_py.model.code.signing_keys import SigningKey
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup
    from dockerlint_py.model.services.absent_env_files import AbsentEnvFile


class ContainerCode:
    """What follows from the code that a container runs; nothing without applications."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @cached_property
    def startups(self) -> "tuple[Startup, ...]":
        """The programs of its start that import code of the repository."""
        if not self._container.may_run_code:
            return ()
        from dockerlint_py.model.programs.startups import startups_of_container

        return tuple(startups_of_container(self._container))

    @property
    def risky_logs(self) -> "tuple[RiskyLog, ...]":
        """The log files that are lost with it, or that its workers rotate at once."""
        from dockerlint_py.model.code.log_files import risky_logs_of

        return tuple(risky_logs_of(self._container))

    @property
    def persistent_connections(self) -> "tuple[PersistentConnections, ...]":
        """The database connections that Django keeps open under ASGI."""
        from dockerlint_py.model.code.persistent_connections import persistent_connections_of

        return tuple(persistent_connections_of(self._container))

    @cached_property
    def running(self) -> "tuple[RunningCode, ...]":
        """The applications in it."""
        if not self._container.may_run_code:
            return ()
        from dockerlint_py.model.code.running_code import running_code_of

        return tuple(running_code_of(self._container))

    @property
    def settings(self) -> "tuple[Settings, ...]":
        """Django's settings, one for each application where it is known which are used."""
        return tuple(each.settings for each in self.running if each.settings is not None)

    @cached_property
    def signing_keys(self) -> "tuple[SigningKey, ...]":
        """The keys that sign its sessions and tokens."""
        if not self.running:
            return ()
        from dockerlint_py.model.code.signing_keys import signing_keys_of

        return tuple(key for each in self.running for key in signing_keys_of(each))

    @property
    def regenerated_keys(self) -> "tuple[RegeneratedKey, ...]":
        """Those keys that every process makes anew."""
        if not self.signing_keys:
            return ()
        from dockerlint_py.model.code.key_processes import regenerated_keys_of

        return regenerated_keys_of(self._container)

    @property
    def debug_switches(self) -> "tuple[DebugSwitch, ...]":
        """Where debugging is switched on."""
        if not self.running:
            return ()
        from dockerlint_py.model.code.debugging import debug_switches_of

        return tuple(switch for each in self.running for switch in debug_switches_of(each))

    @property
    def wrong_settings(self) -> "tuple[WrongSettings, ...]":
        """Settings modules that it should not run with in production."""
        if not self.startups:
            return ()
        from dockerlint_py.model.code.settings_choice import wrong_settings_of

        return tuple(wrong_settings_of(self._container))

    @property
    def hosts_mistakes(self) -> "tuple[HostsMistake, ...]":
        """What is wrong with the hosts that Django answers for."""
        if not self.settings:
            return ()
        from dockerlint_py.model.code.allowed_hosts import hosts_mistakes_of

        return tuple(hosts_mistakes_of(self._container))

    @property
    def absent_env_files(self) -> "tuple[AbsentEnvFile, ...]":
        """The files of variables that it loads and that are not there."""
        if not self.startups:
            return ()
        from dockerlint_py.model.services.absent_env_files import absent_env_files_of

        return tuple(absent_env_files_of(self._container))

    @cached_property
    def cors(self) -> "tuple[CorsPolicy, ...]":
        """What its code, settings and nginx allow browsers to do from other origins."""
        nginx = self._container.nginx
        if not self.running and (isinstance(nginx, Unknown) or nginx.value is None):
            return ()
        from dockerlint_py.model.code.cors import cors_of
        from dockerlint_py.model.networking.nginx_cors import cors_in_nginx

        in_code = (policy for each in self.running for policy in cors_of(each))
        return (*in_code, *cors_in_nginx(self._container))

    @property
    def mistyped_variables(self) -> "tuple[MistypedVariable, ...]":
        """Variables that are given or read by a name with a mistake in it."""
        if not self.startups:
            return ()
        from dockerlint_py.model.code.env_typos import mistyped_variables_of

        return tuple(mistyped_variables_of(self._container))

    @property
    def dead_flask_env(self) -> "DeadFlaskEnv | None":
        """A variable for Flask that its Flask does not read."""
        if "FLASK_ENV" not in self._container.env.names():
            return None
        from dockerlint_py.model.code.flask_env import dead_flask_env_of

        return dead_flask_env_of(self._container)

    @property
    def flask_config_uses(self) -> "tuple[FlaskConfigUse, ...]":
        """Where its code uses a value of Flask's configuration that its Flask has no more."""
        if not self.running:
            return ()
        from dockerlint_py.model.code.flask_config import flask_config_uses_of

        return tuple(flask_config_uses_of(self._container))

    @property
    def missing_variables(self) -> "tuple[MissingVariables, ...]":
        """The variables that its programs must have at their start, and that nothing sets."""
        if not self.startups:
            return ()
        from dockerlint_py.model.code.missing_variables import missing_at_start

        return tuple(missing_at_start(self._container))
