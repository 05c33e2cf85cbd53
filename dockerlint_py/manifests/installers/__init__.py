"""What installers on a command line install, from where, and how.

`installer(argv)` reads one command, `read_fetched` a piped install script, and
`with_environment` adds what environment variables change.
"""

from dockerlint_py.manifests.installers.command import (
    Arg,
    Cache,
    CleanupCommand,
    Command,
    Ecosystem,
    Flag,
    Groups,
    IndexUrl,
    InstallCommand,
    LocalPath,
    NamedPackage,
    Operand,
)
from dockerlint_py.manifests.installers.environment import GetVariable, with_environment
from dockerlint_py.manifests.installers.fetched import (
    InstallerScript,
    installer_script,
    read_fetched,
)
from dockerlint_py.manifests.installers.recognise import installer

__all__ = [
    "Arg",
    "Cache",
    "CleanupCommand",
    "Command",
    "Ecosystem",
    "Flag",
    "GetVariable",
    "Groups",
    "IndexUrl",
    "InstallCommand",
    "InstallerScript",
    "LocalPath",
    "NamedPackage",
    "Operand",
    "installer",
    "installer_script",
    "read_fetched",
    "with_environment",
]
