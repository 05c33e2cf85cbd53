"""Tells secrets from what only looks like them, by the name of a variable and by its value."""

import re
from itertools import pairwise

from dockerlint_py.knowledge.words import words
from dockerlint_py.text.regex import regex

SOURCE = "reports of wrong findings of other linters; formats as their issuers document them"
DATE = "2026-11-24"

_LONGEST_VALUE = 8192
"""Longer values are not looked at (characters)."""

_SECRET_WORDS = words(
    """
    secret secrets secretkey token password passwd passphrase apikey apitoken authtoken credential
    credentials privatekey accesskey
    """
)
_SECRET_LAST_WORDS = words("pass pwd")
_PASSING = words("uwsgi fastcgi scgi grpc")
"""With these, `pass` is where nginx passes requests to (`UWSGI_PASS`)."""

_SECRET_KEYS = words("api private access secret auth encryption signing fernet account master jwt")
"""What makes a secret of the word `key` after it."""

_HARMLESS_LAST_WORDS = words(
    """
    age alg algorithm algorithms arn attempts audience backend backends bucket class complete cookie
    count days dir disabled done email enabled endpoint expiration expire expires expiry field
    fields file files form format hash hasher hashers header headers host hours id ids issuer
    iterations length len lifetime limit location manager minutes mode model mount ms name names
    optional parallelism param params path pattern policy port prefix provider regex required
    rotation rounds scope scopes seconds service size store strategy suffix template timeout ttl
    type types uri url usage user username validators version view
    """
)
_HARMLESS_WORDS = words(
    """
    allow disable empty enable expire has is max min no num public publishable require reset show
    skip tokenize tokenizer tokenizers use without
    """
)
_HARMLESS_NAMES = words("GOPRIVATE PWD OLDPWD")
_BROWSER_PREFIXES = ("VITE_", "REACT_APP_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "VUE_APP_")
"""Front-end builds write these variables into the script that every browser gets."""

_WORD = regex(r"[A-Za-z0-9]+")
_CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")

_PLACEHOLDERS = words(
    """
    bar baz blank build builder buildonly buildtime change changeit changeme changethis ci
    collectstatic default dev development docker dummy dummykey dummysecret dummysecretkey
    dummyvalue empty example fake fakekey false foo foobar hidden ignore ignored insecure key local
    mysecret mysecretkey na nil no none notasecret notneeded notreal notsecret notused null off on
    override overrideme pass password placeholder random redacted replace replaceme replacethis
    required runtime sample secret secretkey setme somesecret static string stub tbd temp temporary
    test testing testkey tmp todo token true undefined unset unused value yes yoursecretkey
    """
)
_PLACEHOLDER_WORDS = words(
    """
    build buildtime change changeme collectstatic dummy example fake here ignored insert not only
    placeholder replace sample temporary todo unused your
    """
)
_REFERENCE = regex(r"\$[A-Za-z_{(]")
_SURROUNDED = (("<", ">"), ("{", "}"), ("[", "]"), ("%", "%"), ("__", "__"))
_PATHS = ("./", "/app/", "/code/", "/etc/", "/home/", "/opt/", "/run/", "/secrets/", "/var/")
_NOT_LETTERS = regex(r"[^a-z0-9]+")

_URL_PASSWORD = regex(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30})://"
    r"(?P<user>[^\s/?#:@]{0,256}):(?P<password>[^\s/?#@]{1,256})@"
)
_URL_TOKEN = regex(r"https?://(?P<token>[^\s/?#:@]{20,256})@")
_SENTRY_DSN = regex(r"https?://[0-9a-f]{32}@[^\s/@]{1,255}/[0-9]{1,20}")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a GitHub token", regex(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})")),
    ("a GitLab token", regex(r"\bglpat-[A-Za-z0-9_-]{20}")),
    ("an AWS access key", regex(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")),
    ("a Stripe secret key", regex(r"\b[sr]k_live_[A-Za-z0-9]{16}")),
    ("a Slack token", regex(r"\bxox[abeoprs]-[A-Za-z0-9-]{10}")),
    ("a PyPI token", regex(r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{20}")),
    ("an npm token", regex(r"\bnpm_[A-Za-z0-9]{36}")),
    ("a Google API key", regex(r"\bAIza[A-Za-z0-9_-]{35}")),
    ("a SendGrid key", regex(r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")),
    ("an Anthropic key", regex(r"\bsk-ant-[A-Za-z0-9_-]{20}")),
    ("an OpenAI key", regex(r"\bsk-(?:proj-)?[A-Za-z0-9_-]{40}")),
    ("a Docker Hub token", regex(r"\bdckr_pat_[A-Za-z0-9_-]{20}")),
    ("a private key", regex(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY")),
)


def is_secret_name(name: str) -> bool:
    """Whether a variable of that name holds a secret, if it holds anything.

    Names of settings about secrets (`PASSWORD_HASHERS`, `TOKEN_EXPIRE_MINUTES`), of files
    (`*_FILE`) and of public keys do not count; nor do URLs, whose value decides.
    """
    if name in _HARMLESS_NAMES or name.startswith(_BROWSER_PREFIXES):
        return False
    parts = [part.lower() for part in _WORD.findall(_CAMEL.sub("_", name[:256]))]
    if not parts or parts[-1] in _HARMLESS_LAST_WORDS or _HARMLESS_WORDS.intersection(parts):
        return False
    if parts[-1] == "pass" and _PASSING.intersection(parts[-2:-1]):
        return False
    if _SECRET_WORDS.intersection(parts) or parts[-1] in _SECRET_LAST_WORDS:
        return True
    return any(second == "key" and first in _SECRET_KEYS for first, second in pairwise(parts))


def is_placeholder(value: str) -> bool:
    """Whether a value only stands in for a secret.

    Empty values, references (`${X}`), paths (`/run/secrets/x`), brackets (`<...>`), `xxxx`, one
    repeated character, and words such as `changeme`, `dummy`, `build-only`, `not-used`.
    """
    text = value.strip(" \t\r\n").strip("\"'")
    if len(set(text)) <= 1 or "xxxx" in text.lower() or text.startswith(_PATHS):
        return True
    if _REFERENCE.search(text) or _is_surrounded(text):
        return True
    parts = [part for part in _NOT_LETTERS.split(text.lower()) if part]
    if not parts or "".join(parts) in _PLACEHOLDERS:
        return True
    return bool(_PLACEHOLDER_WORDS.intersection(parts))


def _is_surrounded(text: str) -> bool:
    return any(
        len(text) >= len(left + right) and text.startswith(left) and text.endswith(right)
        for left, right in _SURROUNDED
    )


def secret_in_value(value: str) -> str | None:
    """What secret the value itself shows, whatever the variable is called; None when none.

    Sees the formats of well-known issuers, and passwords and tokens in URLs, if they are no
    placeholders; a password that repeats the user name counts as one.
    """
    if len(value) > _LONGEST_VALUE:
        return None
    for what, shape in _SHAPES:
        if shape.search(value):
            return what
    match = _URL_PASSWORD.search(value)
    if match and match["password"] != match["user"] and not is_placeholder(match["password"]):
        return f"a password in a {match['scheme'].lower()} URL"
    return "a token in a URL" if _has_url_token(value) else None


def _has_url_token(value: str) -> bool:
    match = _URL_TOKEN.search(value)
    if match is None or is_placeholder(match["token"]) or _SENTRY_DSN.search(value):
        return False
    token = match["token"]
    return any(char.isdigit() for char in token) and any(char.isalpha() for char in token)
