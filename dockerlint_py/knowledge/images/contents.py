"""Programs and packages in the common bases: `buildpack-deps`, Debian slim, Alpine.

Read from the Dockerfiles of docker-library/buildpack-deps and docker-library/python, and from the
packages that apt installs for them on Debian 12 and 13 (simulated installs, 2026-11-24).
"""

from collections.abc import Iterable

from dockerlint_py.knowledge.words import words

SOURCE = "github.com/docker-library/buildpack-deps, github.com/docker-library/python"
DATE = "2026-11-24"


BUILDPACK_PACKAGES = words(
    """
    autoconf automake bzip2 ca-certificates curl default-libmysqlclient-dev dpkg-dev file g++ gcc
    git gnupg imagemagick libbluetooth-dev libbz2-dev libc6-dev libcurl4-openssl-dev libdb-dev
    libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev
    liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses5-dev
    libncursesw5-dev libpng-dev libpq-dev libreadline-dev libsqlite3-dev libssl-dev libtool
    libwebp-dev libxml2-dev libxslt-dev libyaml-dev make mercurial netbase openssh-client patch
    procps subversion tk-dev unzip uuid-dev wget xz-utils zlib1g-dev
    """
)
"""Packages that a full image installs by name, on every Debian release since buster."""

_BROUGHT = words(
    """
    bash cpp libcairo2 libcairo2-dev libgssapi-krb5-2 libicu-dev libmariadb-dev
    libmariadb-dev-compat libmariadb3 libpango-1.0-0 libpangoft2-1.0-0 libpcre2-8-0 libpcre2-dev
    libpq5 libsasl2-2 libsystemd0 libxml2 openssl passwd pkgconf python3 python3-minimal tzdata
    """
)
_BROUGHT_BY_RELEASE = {
    "bookworm": words("libldap-2.5-0 libmagic1 pkg-config"),
    "trixie": words("libldap-dev libldap2 libmagic1t64"),
}
"""Packages that come along with those; Debian 12 and 13 differ in a few."""

_BUILDPACK_LACKS = words(
    """
    apache2-dev bison build-essential cargo clang cmake default-mysql-client dumb-init flex gettext
    gettext-base gfortran golang gosu httpie iproute2 iputils-ping jq less libcups2 libcups2-dev
    libcups2t64 libdbus-1-3 libdbus-1-dev libgdal-dev libgraphviz-dev libldap-2.4-2 libldap2-dev
    libmagic-dev libmemcached-dev libmysqlclient-dev libodbc2 libportaudio2 libsasl2-dev
    libsystemd-dev libxmlsec1-dev mariadb-client meson mysql-client nano ncat netcat netcat-openbsd
    netcat-traditional nginx nginx-core nginx-extras nginx-full nginx-light ninja-build nodejs npm
    portaudio19-dev postgresql postgresql-client postgresql-client-common postgresql-common
    python-dev python-dev-is-python3 python3-dev python3-full python3-pip python3-venv redis
    redis-server redis-tools rsync rustc sqlite3 sudo supervisor swig tini unixodbc unixodbc-dev
    vim zip
    """
)
"""Packages that are in no full image of those two releases."""

_OLD_BUILDPACK_LACKS = words("gettext netcat-openbsd netcat-traditional")
"""The same for the releases before."""

_SLIM_PACKAGES = words("bash ca-certificates libsystemd0 netbase openssl passwd")
"""Packages of a slim image (`tzdata` and more are there since some time only)."""

_SLIM_TOOLS = "bash sh openssl perl useradd groupadd find sed grep awk tar gzip"
_FULL_TOOLS = (
    "curl wget git hg svn ssh gcc g++ cc c++ make patch file unzip xz bzip2 gpg ps top pkg-config "
    "autoconf automake pg_config mysql_config convert dpkg-buildflags"
)
_ABSENT_TOOLS = (
    "nc netcat ncat msgfmt xgettext envsubst psql pg_isready pg_dump redis-cli mysql mysqladmin "
    "mongosh uv uvx poetry pipenv pdm tini dumb-init gosu su-exec sudo jq cmake rsync zip vim nano "
    "less ping ip node npm cargo rustc nginx supervisord http httpie wait-for-it"
)
_BUSYBOX_TOOLS = (
    "sh ash wget nc ps top unzip find sed grep awk tar gzip vi less ping ip adduser addgroup"
)
_ALPINE_ABSENT = (
    "bash curl git hg svn ssh gcc g++ cc c++ make file gpg pkg-config autoconf automake "
    "pg_config mysql_config convert netcat ncat msgfmt xgettext envsubst psql pg_isready pg_dump "
    "redis-cli mysql mysqladmin mongosh uv uvx poetry pipenv pdm tini dumb-init gosu su-exec sudo "
    "jq cmake rsync zip vim nano node npm cargo rustc nginx supervisord http httpie useradd "
    "groupadd wait-for-it perl"
)


ALPINE_LACKS = words(
    """
    bash build-base cargo curl freetype-dev g++ gcc gettext git jpeg-dev libffi-dev libmagic libpq
    libpq-dev libxml2-dev libxslt-dev linux-headers make mariadb-connector-c mariadb-dev musl-dev
    openldap-dev openssl-dev pango pkgconf postgresql-client postgresql-dev py3-pip python3
    python3-dev rust unixodbc unixodbc-dev xmlsec-dev zlib-dev
    """
)
"""Packages that are in no plain Alpine image, nor in `python:*-alpine`."""


def _table(present: Iterable[str], absent: Iterable[str]) -> dict[str, bool]:
    return {**dict.fromkeys(absent, False), **dict.fromkeys(present, True)}


FULL = _table(words(f"{_SLIM_TOOLS} {_FULL_TOOLS}"), words(_ABSENT_TOOLS))
"""Programs of `buildpack-deps` images, Python's own aside."""

SLIM = _table(words(_SLIM_TOOLS), words(f"{_FULL_TOOLS} {_ABSENT_TOOLS}"))
"""Programs of Debian slim images with ca-certificates."""

ALPINE = _table(words(_BUSYBOX_TOOLS), words(_ALPINE_ABSENT))
"""Programs of Alpine images: what busybox brings."""

NOTHING = dict.fromkeys(
    words(f"{_SLIM_TOOLS} {_FULL_TOOLS} {_ABSENT_TOOLS} {_BUSYBOX_TOOLS} python python3 pip pip3"),
    False,
)
"""Images without any of the programs that the other tables know."""


def full_packages(release: str | None) -> dict[str, bool]:
    """Debian packages of a full image; what others bring along is known for 12 and 13 only."""
    own = _BROUGHT_BY_RELEASE.get(release or "")
    if own is None:
        return _table(BUILDPACK_PACKAGES, _OLD_BUILDPACK_LACKS)
    elsewhere = frozenset[str]().union(*_BROUGHT_BY_RELEASE.values()) - own
    return _table(BUILDPACK_PACKAGES | _BROUGHT | own, _BUILDPACK_LACKS | elsewhere)


def slim_packages() -> dict[str, bool]:
    """Debian packages of a slim image."""
    of_releases = frozenset[str]().union(*_BROUGHT_BY_RELEASE.values())
    known = BUILDPACK_PACKAGES | _BROUGHT | of_releases | _BUILDPACK_LACKS
    return _table(_SLIM_PACKAGES, known - _SLIM_PACKAGES - {"tzdata"})


def alpine_packages() -> dict[str, bool]:
    """Alpine packages of a plain Alpine image."""
    return dict.fromkeys(ALPINE_LACKS, False)
