"""Which common Debian packages bring compilers and libraries along, and which bring none.

From the dependency fields of Debian 12, as apt follows them: the first choice of alternatives.
"""

from dockerlint_py.knowledge.words import words
from dockerlint_py.record import NamedTuple

SOURCE = "apt-cache dumpavail on Debian 12"
DATE = "2026-11-24"


class Brings(NamedTuple):
    """What a package brings by dependencies, and by recommendations on top of them."""

    depends: frozenset[str]
    recommends: frozenset[str]


_NOTHING = words(
    """
    apt-transport-https apt-utils autoconf automake bash bash-completion bc binutils bison bzip2
    ca-certificates certbot coreutils cron dialog dnsutils dos2unix dumb-init fontconfig
    fonts-dejavu fonts-liberation fonts-noto freetds-dev gettext-base gosu gzip haproxy htop
    hunspell inetutils-ping inotify-tools iproute2 iputils-ping jq krb5-user less libasound2-dev
    libatlas-base-dev libblas-dev libcairo2 libdbus-1-3 libev-dev libexpat1 libffi-dev libffi8
    libfontconfig1 libfreetype6 libgdk-pixbuf-2.0-0 libgdk-pixbuf2.0-0 libgeos-c1v5 libgeos-dev
    libgl1 libgl1-mesa-glx libglib2.0-0 libgmp-dev libgomp1 libgssapi-krb5-2 libimage-exiftool-perl
    libjpeg62-turbo liblapack-dev liblcms2-2 liblcms2-dev liblzma-dev libmagic1 libmariadb3
    libmupdf-dev libopenblas-dev libopenjp2-7 libpango-1.0-0 libpcre3 libpoppler-cpp-dev
    libportaudio2 libsasl2-2 libsm6 libsnappy-dev libsndfile1 libsodium-dev libssl-dev libsybdb5
    libsystemd-dev libtiff6 libusb-1.0-0 libwebp-dev libwebp7 libx11-6 libxext6 libxml2
    libxmlsec1 libxmlsec1-openssl libxrender1 libxslt1.1 libyaml-dev locales logrotate lsb-release
    make media-types mercurial nano net-tools netcat-openbsd netcat-traditional nginx
    nginx-extras ninja-build nodejs openssh-client openssl pandoc patch pkgconf
    postgresql-client-common postgresql-common procps psmisc python3 python3-distutils python3-full
    python3-setuptools python3-venv python3-wheel rabbitmq-server redis-server redis-tools rsync
    rsyslog ruby screen shared-mime-info sqlite3 sudo supervisor swig tar telnet tini tree
    tzdata unzip uuid-runtime vim vim-tiny wait-for-it wget xauth xmlsec1 xvfb xz-utils zip
    zlib1g zsh
    """
)
"""Packages that bring none of the packages asked for here."""

_TABLE = """
apache2: libldap-2.5-0 libsasl2-2
apache2-dev: gcc libc6-dev libldap-2.5-0 libldap-dev libldap2-dev libmagic1 libsasl2-2 make +
  curl g++
awscli:  + libmagic1
build-essential: g++ gcc libc6-dev make + libldap-2.5-0 libsasl2-2
cargo: gcc libc6-dev libldap-2.5-0 libsasl2-2 + libicu-dev
chromium: libcairo2 libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0 + libldap-2.5-0
  libsasl2-2
chromium-driver: libcairo2 libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0 + libldap-2.5-0
  libsasl2-2
clang: libc6-dev + libicu-dev libldap-2.5-0 libsasl2-2
cmake: libldap-2.5-0 libsasl2-2 + gcc libc6-dev make
curl: libldap-2.5-0 libsasl2-2
default-jre: libcairo2 libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0
default-jre-headless: libcups2 libdbus-1-3
default-libmysqlclient-dev: libc6-dev libmariadb-dev libmariadb3 libssl-dev zlib1g-dev
default-mysql-client: libmariadb3
dirmngr: libldap-2.5-0 libsasl2-2
ffmpeg: libcairo2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0
file: libmagic1
flex:  + gcc libc6-dev
freetds-bin: libodbc2
g++: gcc libc6-dev
gcc:  + libc6-dev
gdal-bin: libldap-2.5-0 libmariadb3 libodbc2 libpq5 libsasl2-2
gdb: libldap-2.5-0 libsasl2-2
gettext:  + curl libldap-2.5-0 libsasl2-2
gfortran: gcc libc6-dev
ghostscript: libcups2 libdbus-1-3
git: libldap-2.5-0 libsasl2-2
gnupg: libldap-2.5-0 libsasl2-2
gnupg2: libldap-2.5-0 libsasl2-2
graphviz: libcairo2 libpango-1.0-0 libpangoft2-1.0-0
imagemagick:  + libcairo2 libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0
libapache2-mod-wsgi-py3: libldap-2.5-0 libsasl2-2
libbz2-dev: libc6-dev
libcairo2-dev: libc6-dev libcairo2 libglib2.0-dev pkg-config pkgconf zlib1g-dev
libcups2: libdbus-1-3
libcups2-dev: libc6-dev libcups2 libdbus-1-3 make zlib1g-dev + g++ gcc libldap-2.5-0 libsasl2-2
libcurl4-openssl-dev: libldap-2.5-0 libsasl2-2
libdbus-1-dev: libdbus-1-3 pkg-config pkgconf
libfreetype6-dev: libc6-dev zlib1g-dev
libgdal-dev: default-libmysqlclient-dev libc6-dev libicu-dev libldap-2.5-0 libmariadb-dev
  libmariadb3 libodbc2 libpq-dev libpq5 libsasl2-2 libssl-dev zlib1g-dev + gcc libmagic1 pkg-config
  pkgconf
libgirepository1.0-dev: g++ gcc libc6-dev libglib2.0-dev make pkg-config pkgconf zlib1g-dev +
  libldap-2.5-0 libsasl2-2
libglib2.0-dev: libc6-dev pkg-config pkgconf zlib1g-dev
libgraphviz-dev: libcairo2 libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0
libhdf5-dev: libc6-dev libldap-2.5-0 libsasl2-2 libssl-dev zlib1g-dev
libicu-dev: libc6-dev
libjpeg-dev: libc6-dev
libjpeg62-turbo-dev: libc6-dev
libkrb5-dev: libc6-dev
libldap-dev: libldap-2.5-0 libsasl2-2
libldap2-dev: libldap-2.5-0 libldap-dev libsasl2-2
libmagic-dev: libmagic1
libmagickwand-dev: libc6-dev libcairo2 libcairo2-dev libglib2.0-dev libicu-dev libpango-1.0-0
  libpangoft2-1.0-0 pkg-config pkgconf zlib1g-dev + gcc libcups2 libdbus-1-3 libmagic1
libmariadb-dev: libc6-dev libmariadb3 libssl-dev zlib1g-dev
libmariadb-dev-compat: libc6-dev libmariadb-dev libmariadb3 libssl-dev zlib1g-dev
libmemcached-dev: libc6-dev libsasl2-2 libsasl2-dev
libmemcached11: libsasl2-2
libncurses-dev: libc6-dev
libpangocairo-1.0-0: libcairo2 libpango-1.0-0 libpangoft2-1.0-0
libpangoft2-1.0-0: libpango-1.0-0
libpcre2-dev: libc6-dev
libpcre3-dev: libc6-dev
libpng-dev: libc6-dev zlib1g-dev
libpq-dev: libldap-2.5-0 libpq5 libsasl2-2 libssl-dev
libpq5: libldap-2.5-0 libsasl2-2
libproj-dev: libc6-dev libldap-2.5-0 libsasl2-2 zlib1g-dev
libproj25: libldap-2.5-0 libsasl2-2
libpython3-dev: libc6-dev zlib1g-dev
libreadline-dev: libc6-dev
libsasl2-dev: libc6-dev libsasl2-2
libspatialindex-dev:  + pkg-config pkgconf
libspatialite-dev: libc6-dev libicu-dev libldap-2.5-0 libsasl2-2 zlib1g-dev + pkg-config pkgconf
libsqlite3-dev: libc6-dev
libtiff-dev: libc6-dev zlib1g-dev
libtiff5-dev: libc6-dev zlib1g-dev + pkg-config pkgconf
libtool: gcc libc6-dev libmagic1
libxml2-dev: libc6-dev libicu-dev
libxmlsec1-dev: libc6-dev libicu-dev libssl-dev
libxslt1-dev: libc6-dev libicu-dev
mariadb-client: libmariadb3
mediainfo: libldap-2.5-0 libsasl2-2
memcached: libsasl2-2
meson:  + g++ gcc libc6-dev libldap-2.5-0 libsasl2-2 make
mime-support:  + libmagic1
ncat: libdbus-1-3
npm: libssl-dev + g++ gcc git libc6-dev libcairo2 libcups2 libdbus-1-3 libldap-2.5-0
  libpango-1.0-0 libpangoft2-1.0-0 libsasl2-2 make
odbc-postgresql: libldap-2.5-0 libpq5 libsasl2-2
openjdk-17-jre-headless: libcups2 libdbus-1-3
openssh-server:  + libdbus-1-3
pkg-config: pkgconf
poppler-utils: libcairo2
portaudio19-dev: libportaudio2 pkg-config pkgconf
postgresql: libldap-2.5-0 libpq5 libsasl2-2 + libdbus-1-3
postgresql-client: libldap-2.5-0 libpq5 libsasl2-2
postgresql-contrib: libldap-2.5-0 libpq5 libsasl2-2 + libdbus-1-3
postgresql-server-dev-all: libc6-dev libicu-dev libldap-2.5-0 libpq-dev libpq5 libsasl2-2
  libssl-dev make
proj-bin: libldap-2.5-0 libsasl2-2
python-dev-is-python3: libc6-dev python3-dev zlib1g-dev
python3-dev: libc6-dev zlib1g-dev
python3-pip:  + g++ gcc libc6-dev libldap-2.5-0 libsasl2-2 make python3-dev zlib1g-dev
rustc: gcc libc6-dev + libicu-dev libldap-2.5-0 libsasl2-2
software-properties-common: libdbus-1-3 libldap-2.5-0 libsasl2-2
spatialite-bin: libldap-2.5-0 libsasl2-2
ssh:  + libdbus-1-3
tdsodbc:  + libodbc2
tesseract-ocr: libcairo2 libldap-2.5-0 libpango-1.0-0 libpangoft2-1.0-0 libsasl2-2
texlive: libcairo2 + libcups2 libdbus-1-3 libpango-1.0-0 libpangoft2-1.0-0
unixodbc: libodbc2
unixodbc-dev: libodbc2
virtualenv:  + g++ gcc libc6-dev libldap-2.5-0 libsasl2-2 make python3-dev zlib1g-dev
weasyprint: g++ gcc libc6-dev libpango-1.0-0 libpangoft2-1.0-0 python3-dev zlib1g-dev +
  libmagic1
wkhtmltopdf: libcups2 libdbus-1-3 + libcairo2 libpango-1.0-0 libpangoft2-1.0-0
zlib1g-dev: libc6-dev
"""
# One package a line (a line that is indented goes on): what it brings, and behind `+` what only
# its recommendations bring.


def _read() -> dict[str, Brings]:
    rows = {name: Brings(frozenset(), frozenset()) for name in _NOTHING}
    for line in _TABLE.replace("\n  ", " ").strip().split("\n"):
        name, _, rest = line.partition(":")
        depends, _, recommends = rest.partition("+ ")
        rows[name] = Brings(words(depends), words(recommends))
    return rows


DEBIAN_BRINGS: dict[str, Brings] = _read()
"""By package; one that is missing here may bring anything."""
