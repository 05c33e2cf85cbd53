"""Which common Alpine packages bring compilers and libraries along, and which bring none."""

from dockerlint_py.knowledge.words import words

SOURCE = "pkgs.alpinelinux.org"
DATE = "2026-11-24"

ALPINE_BRINGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        words(
            """
            bash ca-certificates curl gcc gettext git jpeg jpeg-dev jq less libffi libffi-dev libgcc
            libjpeg libjpeg-turbo-dev libmagic libpq libpq-dev libstdc++ libwebp libxml2 libxslt
            linux-headers make mariadb-connector-c musl-dev nano nginx openssh-client openssl
            openssl-dev pkgconf sqlite su-exec sudo tini tzdata unzip vim wget zip zlib zlib-dev
            """
        ),
        frozenset[str](),
    ),
    "build-base": words("gcc g++ make musl-dev"),
    "g++": words("gcc musl-dev"),
    "mariadb-dev": words("mariadb-connector-c mariadb-connector-c-dev"),
    "postgresql-client": words("libpq"),
    "postgresql-libs": words("libpq"),
}
"""By package; one that is missing here may bring anything."""
