"""Modules that Python's standard library lost, and distributions that bring them back."""

from dockerlint_py.knowledge.words import words

SOURCE = "PEP 594, PEP 632; What's New in Python 3.12 and 3.13; descriptions on PyPI"
DATE = "2026-11-24"

REMOVED_IN: dict[str, tuple[int, int]] = {
    **dict.fromkeys(words("asynchat asyncore distutils imp smtpd"), (3, 12)),
    **dict.fromkeys(
        words(
            """
            aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev
            pipes sndhdr spwd sunau telnetlib uu xdrlib
            """
        ),
        (3, 13),
    ),
    **dict.fromkeys(words("pkg_resources setuptools"), (3, 12)),
}
"""By module: the first version without it. The images ship no setuptools since 3.12."""

BACKPORTS: dict[str, frozenset[str]] = {
    "distutils": words("setuptools"),
    "pkg_resources": words("setuptools"),
    "setuptools": words("setuptools"),
    "asyncore": words("pyasyncore"),
    "asynchat": words("pyasynchat"),
    "imp": words("zombie-imp"),
    "cgi": words("legacy-cgi"),
    "cgitb": words("legacy-cgi"),
    "crypt": words("legacy-crypt crypt-r"),
    "audioop": words("audioop-lts"),
    "lib2to3": words("fissix"),
}
"""Distributions that bring a module, beside `standard-NAME`."""


def backports(module: str) -> frozenset[str]:
    """The distributions that bring a module back."""
    return BACKPORTS.get(module, frozenset()) | {f"standard-{module}"}
