"""Packages of distributions: which brings a program, which are for building only."""

from dockerlint_py.knowledge.words import words

SOURCE = "packages.debian.org, pkgs.alpinelinux.org; Debian names checked with apt on 12 and 13"
DATE = "2026-11-24"

_DEBIAN = {
    "curl": "curl",
    "wget": "wget",
    "nc": "netcat-openbsd netcat-traditional netcat ncat",
    "netcat": "netcat-openbsd netcat-traditional netcat",
    "msgfmt": "gettext",
    "xgettext": "gettext",
    "envsubst": "gettext-base gettext",
    "pg_isready": "postgresql-client postgresql-client-common postgresql",
    "psql": "postgresql-client postgresql-client-common postgresql",
    "pg_dump": "postgresql-client postgresql",
    "redis-cli": "redis-tools redis redis-server",
    "mysql": "default-mysql-client mariadb-client mysql-client",
    "mysqladmin": "default-mysql-client mariadb-client mysql-client",
    "git": "git",
    "gcc": "gcc build-essential",
    "g++": "g++ build-essential",
    "make": "make build-essential",
    "pip": "python3-pip",
    "pip3": "python3-pip",
    "python3": "python3 python3-minimal python3-pip python3-venv python3-dev python3-full",
    "pg_config": "libpq-dev postgresql-common",
    "mysql_config": "default-libmysqlclient-dev libmariadb-dev-compat libmysqlclient-dev",
    "tini": "tini",
    "dumb-init": "dumb-init",
    "gosu": "gosu",
    "ps": "procps",
    "ping": "iputils-ping",
    "jq": "jq",
    "http": "httpie",
    "supervisord": "supervisor",
    "nginx": "nginx nginx-light nginx-core nginx-full nginx-extras",
    "bash": "bash",
    "sudo": "sudo",
    "node": "nodejs",
    "npm": "npm nodejs",
    "openssl": "openssl",
    "ssh": "openssh-client",
    "unzip": "unzip",
}
_ALPINE = {
    "curl": "curl",
    "wget": "wget",
    "nc": "netcat-openbsd",
    "msgfmt": "gettext",
    "xgettext": "gettext-dev",
    "envsubst": "gettext gettext-envsubst",
    "pg_isready": "postgresql-client",
    "psql": "postgresql-client",
    "redis-cli": "redis",
    "mysql": "mysql-client mariadb-client",
    "mysqladmin": "mysql-client mariadb-client",
    "git": "git",
    "gcc": "gcc build-base",
    "g++": "g++ build-base",
    "make": "make build-base",
    "pip": "py3-pip",
    "pip3": "py3-pip",
    "python3": "python3 py3-pip",
    "tini": "tini",
    "dumb-init": "dumb-init",
    "su-exec": "su-exec",
    "bash": "bash",
    "jq": "jq",
    "supervisord": "supervisor",
    "nginx": "nginx",
    "sudo": "sudo",
    "node": "nodejs",
    "npm": "npm",
    "openssl": "openssl",
}
_RPM = {
    "curl": "curl curl-minimal",
    "wget": "wget",
    "nc": "nmap-ncat nc",
    "msgfmt": "gettext",
    "psql": "postgresql",
    "git": "git git-core",
    "gcc": "gcc",
    "g++": "gcc-c++",
    "make": "make",
    "pip": "python3-pip",
    "pip3": "python3-pip",
    "ps": "procps-ng",
    "jq": "jq",
}

PROVIDERS: dict[str, dict[str, frozenset[str]]] = {
    family: {program: words(packages) for program, packages in table.items()}
    for family, table in (("debian", _DEBIAN), ("alpine", _ALPINE), ("rpm", _RPM))
}
"""Family of packages (`debian`, `alpine`, `rpm`) to program to packages, any of which will do."""

_RPM_DISTROS = words("amazonlinux centos fedora almalinux rockylinux oraclelinux rhel")
_FAMILIES = {
    **dict.fromkeys(("debian", "ubuntu"), "debian"),
    **dict.fromkeys(("alpine", "wolfi"), "alpine"),
    **dict.fromkeys(_RPM_DISTROS, "rpm"),
}

_LDAP = words("libldap2 libldap-2.5-0 libsasl2-2")
BRINGS = {
    "build-base": words("gcc g++ make musl-dev"),
    "build-essential": words("gcc g++ make libc6-dev dpkg-dev"),
    "default-libmysqlclient-dev": words("libmariadb-dev libmariadb3 libc6-dev"),
    "default-mysql-client": words("libmariadb3"),
    "g++": words("gcc libc6-dev"),
    "libcairo2-dev": words("libcairo2 libc6-dev"),
    "libcups2-dev": words("libcups2 make"),
    "libldap-dev": _LDAP,
    "libldap2-dev": _LDAP | {"libldap-dev"},
    "libmagic-dev": words("libmagic1"),
    "libmariadb-dev": words("libmariadb3 libc6-dev"),
    "libpq-dev": words("libpq5 libssl-dev") | _LDAP,
    "mariadb-client": words("libmariadb3"),
    "postgresql-client": words("libpq5") | _LDAP,
    "postgresql-dev": words("libpq-dev libpq"),
    "python3-full": words("python3 python3-venv"),
    "python3-pip": words("python3"),
    "python3-venv": words("python3"),
    "unixodbc": words("libodbc2"),
    "unixodbc-dev": words("libodbc2"),
}
"""Packages that bring others asked for here, by dependencies alone (read with apt on 12 and 13).

`gcc` brings `libc6-dev` only as a recommendation: not with `--no-install-recommends`.
"""

BUILD_TOOLS = words(
    """
    autoconf automake bison build-base build-essential cargo clang cmake cpp flex g++ gcc gfortran
    golang libc6-dev libtool linux-headers make meson musl-dev ninja-build pkg-config pkgconf
    python3-dev python-dev python-dev-is-python3 rust rustc swig
    """
)
"""Packages for compiling; every other name in `-dev` or `-devel` is for that too."""


def providers(program: str, distro: str | None) -> frozenset[str] | None:
    """The packages that bring a program on a distribution; None when the table does not know."""
    family = _FAMILIES.get(distro or "")
    return PROVIDERS[family].get(program) if family else None


def is_build_package(package: str) -> bool:
    """Whether a package serves to compile things, and not to run them."""
    return package in BUILD_TOOLS or package.endswith(("-dev", "-devel"))


def satisfies(installed: frozenset[str], need: str) -> bool:
    """Whether installed packages, and what they bring along, meet a need such as `a|b`."""
    have = installed.union(*(BRINGS.get(package, frozenset()) for package in installed))
    return any(choice in have for choice in need.split("|"))
