"""Shapes that `schema.py` is made of: texts and flags, pairs, builds, deployments, mounts."""

from dockerlint_py.compose.shapes import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Either,
    Many,
    One,
    Shape,
    Struct,
    Table,
)
from dockerlint_py.text.regex import regex

TEXT = One(STRING)
FLAG = One(BOOLEAN, STRING)
WHOLE = One(INTEGER, STRING)
NUMERIC = One(NUMBER, STRING)
TEXTS = Many(TEXT)
SET = Many(TEXT, unique=True)
TEXT_OR_SET = Either(TEXT, SET)
NONEMPTY = regex(r".+")
PAIRS = Either(Table(One(STRING, NUMBER, BOOLEAN, NULL), NONEMPTY), SET)
HOSTS = Either(Table(Either(TEXT, TEXTS), NONEMPTY), SET)
COMMAND = Either(One(NULL), TEXT, TEXTS)
OPTIONS = Table(One(STRING, NUMBER), NONEMPTY, lax=True)
ULIMITS = Table(
    Either(WHOLE, Struct({"hard": WHOLE, "soft": WHOLE}, ("soft", "hard"))),
    regex(r"[a-z]+"),
    lax=True,
)
MOUNTS = Many(
    Either(
        TEXT,
        Struct({"source": TEXT, "target": TEXT, "uid": TEXT, "gid": TEXT, "mode": NUMERIC}),
    )
)
ENV_FILE = Either(
    TEXT,
    Many(
        Either(
            TEXT,
            Struct({"path": TEXT, "format": TEXT, "required": FLAG}, ("path",), closed=True),
        )
    ),
)
HOOK = Struct(
    {
        "command": COMMAND,
        "user": TEXT,
        "privileged": FLAG,
        "working_dir": TEXT,
        "environment": PAIRS,
    },
    ("command",),
)
DEVICE_REQUEST: dict[str, Shape] = {
    "capabilities": SET,
    "count": One(STRING, INTEGER),
    "device_ids": SET,
    "driver": TEXT,
    "options": PAIRS,
}

BUILD = Either(
    TEXT,
    Struct(
        {
            "context": TEXT,
            "dockerfile": TEXT,
            "dockerfile_inline": TEXT,
            "entitlements": TEXTS,
            "args": PAIRS,
            "ssh": PAIRS,
            "labels": PAIRS,
            "cache_from": TEXTS,
            "cache_to": TEXTS,
            "no_cache": FLAG,
            "additional_contexts": PAIRS,
            "network": TEXT,
            "provenance": FLAG,
            "sbom": FLAG,
            "pull": FLAG,
            "target": TEXT,
            "shm_size": WHOLE,
            "extra_hosts": HOSTS,
            "isolation": TEXT,
            "privileged": FLAG,
            "secrets": MOUNTS,
            "tags": TEXTS,
            "ulimits": ULIMITS,
            "platforms": TEXTS,
        }
    ),
)

HEALTHCHECK = Struct(
    {
        "disable": FLAG,
        "interval": TEXT,
        "retries": NUMERIC,
        "test": Either(TEXT, TEXTS),
        "timeout": TEXT,
        "start_period": TEXT,
        "start_interval": TEXT,
    }
)

DEVELOP = Either(
    One(NULL),
    Struct(
        {
            "watch": Many(
                Struct(
                    {
                        "ignore": TEXT_OR_SET,
                        "include": TEXT_OR_SET,
                        "path": TEXT,
                        "action": One(
                            STRING,
                            choices=("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
                        ),
                        "target": TEXT,
                        "exec": HOOK,
                        "initial_sync": One(BOOLEAN),
                    },
                    ("path", "action"),
                )
            )
        }
    ),
)

UPDATE = Struct(
    {
        "parallelism": WHOLE,
        "delay": TEXT,
        "failure_action": TEXT,
        "monitor": TEXT,
        "max_failure_ratio": NUMERIC,
        "order": One(STRING, choices=("start-first", "stop-first")),
    }
)

GENERIC = Many(Struct({"discrete_resource_spec": Struct({"kind": TEXT, "value": NUMERIC})}))

DEPLOY = Either(
    One(NULL),
    Struct(
        {
            "mode": TEXT,
            "endpoint_mode": TEXT,
            "replicas": WHOLE,
            "labels": PAIRS,
            "rollback_config": UPDATE,
            "update_config": UPDATE,
            "resources": Struct(
                {
                    "limits": Struct({"cpus": NUMERIC, "memory": TEXT, "pids": WHOLE}),
                    "reservations": Struct(
                        {
                            "cpus": NUMERIC,
                            "memory": TEXT,
                            "generic_resources": GENERIC,
                            "devices": Many(Struct(DEVICE_REQUEST, ("capabilities",))),
                        }
                    ),
                }
            ),
            "restart_policy": Struct(
                {"condition": TEXT, "delay": TEXT, "max_attempts": WHOLE, "window": TEXT}
            ),
            "placement": Struct(
                {
                    "constraints": TEXTS,
                    "preferences": Many(Struct({"spread": TEXT})),
                    "max_replicas_per_node": WHOLE,
                }
            ),
        }
    ),
)

VOLUME_MOUNT = Struct(
    {
        "type": One(STRING, choices=("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
        "source": TEXT,
        "target": TEXT,
        "read_only": FLAG,
        "consistency": TEXT,
        "bind": Struct(
            {
                "propagation": TEXT,
                "create_host_path": FLAG,
                "recursive": One(STRING, choices=("enabled", "disabled", "writable", "readonly")),
                "selinux": One(STRING, choices=("z", "Z")),
            }
        ),
        "volume": Struct({"labels": PAIRS, "nocopy": FLAG, "subpath": TEXT}),
        "tmpfs": Struct({"size": Either(One(INTEGER, minimum=0), TEXT), "mode": NUMERIC}),
        "image": Struct({"subpath": TEXT}),
    },
    ("type",),
)

PORT = Struct(
    {
        "name": TEXT,
        "mode": TEXT,
        "host_ip": TEXT,
        "target": WHOLE,
        "published": One(STRING, INTEGER),
        "protocol": TEXT,
        "app_protocol": TEXT,
    }
)

DEPENDENCY = Struct(
    {
        "restart": FLAG,
        "required": One(BOOLEAN),
        "condition": One(
            STRING,
            choices=("service_started", "service_healthy", "service_completed_successfully"),
        ),
    },
    ("condition",),
)

ATTACHMENT = Struct(
    {
        "aliases": SET,
        "interface_name": TEXT,
        "ipv4_address": TEXT,
        "ipv6_address": TEXT,
        "link_local_ips": SET,
        "mac_address": TEXT,
        "driver_opts": OPTIONS,
        "priority": One(NUMBER),
        "gw_priority": One(NUMBER),
    }
)

BLKIO_LIMITS = Many(Struct({"path": TEXT, "rate": WHOLE}, closed=True))
