"""Which packages of Debian and Alpine bring the programs that health checks and scripts use."""

from collections.abc import Mapping

SOURCE = "packages.debian.org (contents), pkgs.alpinelinux.org; simulated installs on Debian 12"
DATE = "2026-11-24"

TOOL_PACKAGES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bash": {"debian": ("bash",), "alpine": ("bash",)},
    "curl": {"debian": ("curl",), "alpine": ("curl",)},
    "jq": {"debian": ("jq",), "alpine": ("jq",)},
    "nc": {
        "debian": ("netcat", "netcat-openbsd", "netcat-traditional", "ncat"),
        "alpine": ("netcat-openbsd",),
    },
    "pg_isready": {
        "debian": ("postgresql-client", "postgresql-client-common", "postgresql"),
        "alpine": ("postgresql-client",),
    },
    "redis-cli": {"debian": ("redis-tools", "redis-server", "redis"), "alpine": ("redis",)},
    "wget": {"debian": ("wget",), "alpine": ("wget",)},
}
"""By program and family; packages that need one of these bring the program, too."""

VERSIONED = {"pg_isready": "postgresql"}
"""Packages with a version in their names (`postgresql-client-17`) start like this."""
