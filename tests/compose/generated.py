"""Random projects: files that override, extend and include one another.

Values are YAML texts, so that notations, tags and anchors vary too. Most are valid; what is wrong
now and then shows whether both sides refuse it. Left out is what Compose itself decides by chance
(it walks Go maps): `!reset` within a chain of `extends` of one file, circles of `extends`.
"""

import json
from collections.abc import Mapping

from hypothesis import strategies as st

SERVICES = ("web", "db", "job")
VARIABLES = ("A", "B", "C", "NONE")

# Flow-style YAML for every key; the last text of a key is drawn rarely, and is often wrong.
_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "image": ("x", "reg.io/x:1", '"y"', '"${A:-z}"', "5"),
    "build": (
        ".",
        "./dir",
        "{context: ./c, target: dev}",
        "{dockerfile: D, args: {A: 1.50, B: }}",
        "{context: ., args: [A=2, B, C=x]}",
        "{dockerfile_inline: FROM x}",
        "{context: ., labels: [a=b], tags: [t]}",
        "https://example.org/x.git",
        "{context: ., additional_contexts: {o: ../o, s: 'service:db'}}",
        "{target: [x]}",
    ),
    "command": ("run", "a && b", "[a, b]", "", '""', "[]", "~", "\"sh -c 'a; b'\"", "[a, 5]"),
    "entrypoint": ("run", "[e]", "", "[]", '"x > y"', "{a: b}"),
    "environment": (
        "{A: 1, B: two}",
        "{A: , C: yes}",
        "[A=1, B]",
        '["C=${A:-x}", D=a=b]',
        "{E: 010, F: 1_000, G: 3.10, H: on}",
        "{}",
        "[]",
        '{A: "${NONE}", B: "$$x"}',
        "{A: [1]}",
    ),
    "env_file": (
        "one.env",
        "[one.env, two.env]",
        "[{path: two.env, required: false}]",
        "[{path: gone.env, required: false}]",
        "[]",
        "{path: one.env}",
    ),
    "labels": ("{a: 1, b: x}", "[a=2, c]", "{a: ~}", "[a, a]"),
    "ports": (
        '["80:80"]',
        '["127.0.0.1:80:80", "81"]',
        "[80, 90]",
        '["9000-9002:9000-9002/udp"]',
        '[{target: 80, published: "80"}]',
        "[{target: 80, host_ip: 0.0.0.0, protocol: udp, mode: host}]",
        '["${NONE:-8000:8000}"]',
        '["80:80", "80:80"]',
        "[]",
        '["99999:80"]',
        '["80:"]',
    ),
    "volumes": (
        '["./a:/a"]',
        '["data:/data", "/anon"]',
        '["./b:/a/", "~/h:/h:ro"]',
        "[{type: bind, source: ./l, target: /a}]",
        "[{type: tmpfs, target: /t}]",
        "[{type: volume, source: data, target: /d/}]",
        '["data:/a:ro,z"]',
        '["gone:/x"]',
        '["a:b:c:d:e"]',
    ),
    "depends_on": (
        "[db]",
        "{db: {condition: service_healthy}}",
        "{job: {condition: service_completed_successfully, required: false}}",
        "[db, job]",
        "[]",
        "[gone]",
    ),
    "healthcheck": (
        "{test: t, interval: 5s}",
        "{test: [CMD, a], retries: 3}",
        "{disable: true}",
        "{timeout: 1m30s, start_period: 0s}",
        "{test: [NONE]}",
        "{interval: 5}",
        "{test: [a]}",
    ),
    "deploy": (
        "{replicas: 2}",
        "{resources: {limits: {cpus: '0.5', memory: 1g}}}",
        "{labels: [a=b], mode: replicated}",
        "{update_config: {parallelism: 1, delay: 5s}}",
        "{placement: {constraints: [a]}}",
        "~",
        "{replicas: x}",
    ),
    "restart": ("always", "no", '"no"', "unless-stopped", "false"),
    "networks": ("[front]", "{back: {aliases: [w]}}", "{front: , back: }", "[]", "[gone]"),
    "logging": ("{driver: a, options: {x: 1}}", "{options: {y: z}}", "{driver: b}"),
    "secrets": ("[s]", "[{source: s, target: t}]", "[s]", "[gone]"),
    "configs": ("[c]", "[{source: c, target: /c, mode: 0440}]"),
    "extra_hosts": ('["h:1.1.1.1"]', "{h: 2.2.2.2}", '["h=::1", "i:3.3.3.3"]', "[h]"),
    "expose": ("[80]", '["80", 81]', "[80, 80]"),
    "cap_add": ("[A]", "[A, B]", "[]"),
    "dns": ("1.1.1.1", "[1.1.1.1, 2.2.2.2]"),
    "tmpfs": ("/t", "[/t, /u]"),
    "profiles": ("[p]", "[]"),
    "ulimits": ("{nofile: 5}", "{nofile: {soft: 1, hard: 2}}"),
    "sysctls": ("{a: 1}", "[a=2]"),
    "user": ("root", '"1000"', "1000"),
    "tty": ("true", "yes", '"no"', "maybe"),
    "privileged": ("true", "false"),
    "scale": ("2", "1", '"3"'),
    "container_name": ("one", "two"),
    "mem_limit": ("1g", "1048576", "64m"),
    "stop_grace_period": ("10s", "1m", "5"),
    "network_mode": ("host", '"service:db"', "bridge"),
    "links": ("[db]", '["db:alias"]'),
    "security_opt": ("[no-new-privileges]", "[a, b]"),
    "x-own": ("{a: [1, ~]}", "text"),
    "working_dir": ("/w",),
    "platform": ("linux/amd64",),
    "pull_policy": ("always", "if_not_present", "never"),
    "annotations": ("{a: b}", "[a=c]"),
    "develop": ("{watch: [{path: ./s, action: sync, target: /s}]}", "~"),
    "devices": ("[/dev/a]", '["/dev/b:/dev/a:r"]'),
    "typo": ("x",),
}
_RARE = frozenset({"typo", "network_mode", "container_name", "security_opt", "profiles", "links"})
_KEYS = tuple(key for key in _SAMPLES for _ in range(1 if key in _RARE else 4))
_REFERRING = frozenset({"depends_on", "links", "network_mode"})
_NETWORKS = ("{}", "~", "{driver: bridge, labels: [a=b]}", "{internal: yes}", "{external: true}")
_VOLUMES = ("~", "{}", "{driver: d, labels: {a: 1}}", "{name: own}", "{external: true}")


def _one_in(number: int) -> st.SearchStrategy[bool]:
    """True once in so many draws (integers would be drawn at their ends far more often)."""
    return st.sampled_from([False] * (number - 1) + [True])


def _quoted(alphabet: str, size: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, max_size=size).map(lambda text: json.dumps(text))


_NUMBERS = st.text("0123456789._-+eExob:TZ", min_size=1, max_size=8).filter(
    _is_plain := (
        lambda text: (
            not text.endswith(":")
            and ": " not in text
            and text not in ("-", ":")
            and not text.startswith((":", "- ", "-:"))
        )
    )
)
_FUZZED: Mapping[str, st.SearchStrategy[str]] = {
    "command": _quoted("ab '\"\\&|;<>()`\n1", 12),
    "environment": st.one_of(
        _quoted("ab${}:-?+ABC \n", 14).map(lambda text: f"{{A: {text}}}"),
        _NUMBERS.map(lambda text: f"{{A: {text}}}"),
    ),
    "ports": _quoted("0123456789:-/udpt.[]", 12).map(lambda text: f"[{text}]"),
    "volumes": _quoted("./~abc:,roz\\", 12).map(lambda text: f"[{text}]"),
    "stop_grace_period": _quoted("0123456789.smhd-", 6),
    "mem_limit": _quoted("0123456789.kmgbi ", 6),
}


@st.composite
def _service(draw: st.DrawFn, name: str, *, whole: bool, resets: bool) -> str:
    """A service in flow style, with or without what makes it complete."""
    keys = draw(st.lists(st.sampled_from(_KEYS), max_size=5, unique=True))
    if whole and "build" not in keys and "image" not in keys:
        keys.insert(0, "image")
    pairs = []
    for key in keys:
        fuzzed = _FUZZED.get(key)
        if fuzzed is not None and draw(_one_in(25)):
            value = draw(fuzzed)
        else:
            value = draw(_sample(_SAMPLES[key]))
        if key in _REFERRING and name in value:
            continue  # a service that waits for itself
        tag = draw(st.sampled_from(["", "", "", "", "!override ", "!reset "])) if resets else ""
        pairs.append(f"{key}: {tag}{value}")
    if draw(_one_in(5)):
        pairs.append("<<: *shared")
    return "{" + ", ".join(pairs) + "}"


@st.composite
def _sample(draw: st.DrawFn, samples: tuple[str, ...]) -> str:
    """One of the samples; the last, which is often wrong, rarely."""
    if draw(_one_in(100)):
        return samples[-1]
    return draw(st.sampled_from(samples[:-1] or samples))


@st.composite
def _file(draw: st.DrawFn, *, first: bool, extends: bool) -> str:
    lines = [
        f"x-shared: &shared {draw(_service('db', whole=False, resets=False))}".replace(
            ", <<: *shared", ""
        ).replace("{<<: *shared}", "{}")
    ]
    names = SERVICES if first else draw(st.lists(st.sampled_from(SERVICES), unique=True))
    lines.append("services:" if names else "services: {}")
    for name in names:
        service = draw(_service(name, whole=first, resets=not first))
        if extends and name == "web":
            base = "{file: base/base.yml, service: common}"
            service = f"{service[:-1]}{', ' if service != '{}' else ''}extends: {base}}}"
        lines.append(f"  {name}: {service}")
    if first:
        lines.append(f"networks: {{front: {draw(st.sampled_from(_NETWORKS))}, back: }}")
        lines.append(f"volumes: {{data: {draw(st.sampled_from(_VOLUMES))}}}")
        lines.append("secrets: {s: {file: ./s}}\nconfigs: {c: {content: hi}}")
    return "\n".join(lines) + "\n"


_ENV_LINE = st.one_of(
    st.sampled_from(
        [
            "A=1",
            "B='x y'",
            'C="$A\\t"',
            "export A=2 # c",
            "B=${A:-q}",
            "C",
            "# nothing",
            "",
            "B: yaml",
            "A = spaced ",
        ]
    ),
    st.text("AB '\"$#\\x", max_size=8).map(lambda text: f"A={text}"),
)
_ENV = st.lists(_ENV_LINE, max_size=4).map(lambda lines: "\n".join(lines) + "\n")


class Project:
    """A random project: its files, and which of them are merged."""

    def __init__(self, files: dict[str, str], use: tuple[str, ...]) -> None:
        self.files = files
        self.use = use

    def __repr__(self) -> str:
        texts = "\n".join(f"--- {path}\n{text}" for path, text in self.files.items())
        return f"Project(use={self.use})\n{texts}"


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Random projects."""
    extends = draw(st.booleans())
    files = {"a.yml": draw(_file(first=True, extends=extends))}
    for name in ("b.yml", "c.yml")[: draw(st.integers(0, 2))]:
        files[name] = draw(_file(first=False, extends=False))
    use = tuple(files)
    files["one.env"] = draw(_ENV)
    files["two.env"] = "B=2\nD=${A}-${B}\n"
    if draw(_one_in(4)):
        files[".env"] = draw(_ENV)
    if extends:
        common = draw(_service("web", whole=False, resets=False)).replace("<<: *shared", "x-n: 1")
        chained = ", extends: other" if draw(st.booleans()) and common != "{}" else ""
        other = draw(_service("web", whole=False, resets=False)).replace("<<: *shared", "x-n: 1")
        files["base/base.yml"] = (
            f"services:\n  common: {common[:-1]}{chained}}}\n  other: {other}\n"
        )
        files["base/one.env"] = "A=base\n"
        files["base/two.env"] = "B=base\n"
    if draw(_one_in(5)):
        included = draw(_service("extra", whole=True, resets=False)).replace(
            "<<: *shared", "x-n: 1"
        )
        files["inc/inc.yml"] = f"services:\n  extra: {included}\n"
        files["inc/one.env"] = "A=inc\n"
        files["inc/two.env"] = "B=inc\n"
        files["a.yml"] = "include: [inc/inc.yml]\n" + files["a.yml"]
    return Project(files, use)
