"""What keys a Compose file has, and what their values may be, before short forms are expanded.

Written from compose-spec (the reference pages of the elements) and held equal to Docker Compose
2.40.3 by the differential tests. It is a table of ours and no JSON schema, so that every error can
be found, at its own line, without a validator to import.
"""

import re

from dockerlint_py.compose.shapes import (
    BOOLEAN,
    INTEGER,
    NAME,
    NULL,
    NUMBER,
    STRING,
    Anything,
    Either,
    Many,
    One,
    Shape,
    Struct,
    Table,
)

_TEXT = One(STRING)
_FLAG = One(BOOLEAN, STRING)
_WHOLE = One(INTEGER, STRING)
_NUMERIC = One(NUMBER, STRING)
_TEXTS = Many(_TEXT)
_SET = Many(_TEXT, unique=True)
_TEXT_OR_SET = Either(_TEXT, _SET)
_NONEMPTY = re.compile(r".+")
_PAIRS = Either(Table(One(STRING, NUMBER, BOOLEAN, NULL), _NONEMPTY), _SET)
_HOSTS = Either(Table(Either(_TEXT, _TEXTS), _NONEMPTY), _SET)
_COMMAND = Either(One(NULL), _TEXT, _TEXTS)
_OPTIONS = Table(One(STRING, NUMBER), _NONEMPTY, lax=True)
_ULIMITS = Table(
    Either(_WHOLE, Struct({"hard": _WHOLE, "soft": _WHOLE}, ("soft", "hard"))),
    re.compile(r"[a-z]+"),
    lax=True,
)
_MOUNTS = Many(
    Either(
        _TEXT,
        Struct({"source": _TEXT, "target": _TEXT, "uid": _TEXT, "gid": _TEXT, "mode": _NUMERIC}),
    )
)
_ENV_FILE = Either(
    _TEXT,
    Many(
        Either(
            _TEXT,
            Struct({"path": _TEXT, "format": _TEXT, "required": _FLAG}, ("path",), closed=True),
        )
    ),
)
_HOOK = Struct(
    {
        "command": _COMMAND,
        "user": _TEXT,
        "privileged": _FLAG,
        "working_dir": _TEXT,
        "environment": _PAIRS,
    },
    ("command",),
)
_DEVICE_REQUEST: dict[str, Shape] = {
    "capabilities": _SET,
    "count": One(STRING, INTEGER),
    "device_ids": _SET,
    "driver": _TEXT,
    "options": _PAIRS,
}

_BUILD = Either(
    _TEXT,
    Struct(
        {
            "context": _TEXT,
            "dockerfile": _TEXT,
            "dockerfile_inline": _TEXT,
            "entitlements": _TEXTS,
            "args": _PAIRS,
            "ssh": _PAIRS,
            "labels": _PAIRS,
            "cache_from": _TEXTS,
            "cache_to": _TEXTS,
            "no_cache": _FLAG,
            "additional_contexts": _PAIRS,
            "network": _TEXT,
            "provenance": _FLAG,
            "sbom": _FLAG,
            "pull": _FLAG,
            "target": _TEXT,
            "shm_size": _WHOLE,
            "extra_hosts": _HOSTS,
            "isolation": _TEXT,
            "privileged": _FLAG,
            "secrets": _MOUNTS,
            "tags": _TEXTS,
            "ulimits": _ULIMITS,
            "platforms": _TEXTS,
        }
    ),
)

_HEALTHCHECK = Struct(
    {
        "disable": _FLAG,
        "interval": _TEXT,
        "retries": _NUMERIC,
        "test": Either(_TEXT, _TEXTS),
        "timeout": _TEXT,
        "start_period": _TEXT,
        "start_interval": _TEXT,
    }
)

_DEVELOP = Either(
    One(NULL),
    Struct(
        {
            "watch": Many(
                Struct(
                    {
                        "ignore": _TEXT_OR_SET,
                        "include": _TEXT_OR_SET,
                        "path": _TEXT,
                        "action": One(
                            STRING,
                            choices=("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
                        ),
                        "target": _TEXT,
                        "exec": _HOOK,
                        "initial_sync": One(BOOLEAN),
                    },
                    ("path", "action"),
                )
            )
        }
    ),
)

_UPDATE = Struct(
    {
        "parallelism": _WHOLE,
        "delay": _TEXT,
        "failure_action": _TEXT,
        "monitor": _TEXT,
        "max_failure_ratio": _NUMERIC,
        "order": One(STRING, choices=("start-first", "stop-first")),
    }
)

_GENERIC = Many(Struct({"discrete_resource_spec": Struct({"kind": _TEXT, "value": _NUMERIC})}))

_DEPLOY = Either(
    One(NULL),
    Struct(
        {
            "mode": _TEXT,
            "endpoint_mode": _TEXT,
            "replicas": _WHOLE,
            "labels": _PAIRS,
            "rollback_config": _UPDATE,
            "update_config": _UPDATE,
            "resources": Struct(
                {
                    "limits": Struct({"cpus": _NUMERIC, "memory": _TEXT, "pids": _WHOLE}),
                    "reservations": Struct(
                        {
                            "cpus": _NUMERIC,
                            "memory": _TEXT,
                            "generic_resources": _GENERIC,
                            "devices": Many(Struct(_DEVICE_REQUEST, ("capabilities",))),
                        }
                    ),
                }
            ),
            "restart_policy": Struct(
                {"condition": _TEXT, "delay": _TEXT, "max_attempts": _WHOLE, "window": _TEXT}
            ),
            "placement": Struct(
                {
                    "constraints": _TEXTS,
                    "preferences": Many(Struct({"spread": _TEXT})),
                    "max_replicas_per_node": _WHOLE,
                }
            ),
        }
    ),
)

_VOLUME_MOUNT = Struct(
    {
        "type": One(STRING, choices=("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
        "source": _TEXT,
        "target": _TEXT,
        "read_only": _FLAG,
        "consistency": _TEXT,
        "bind": Struct(
            {
                "propagation": _TEXT,
                "create_host_path": _FLAG,
                "recursive": One(STRING, choices=("enabled", "disabled", "writable", "readonly")),
                "selinux": One(STRING, choices=("z", "Z")),
            }
        ),
        "volume": Struct({"labels": _PAIRS, "nocopy": _FLAG, "subpath": _TEXT}),
        "tmpfs": Struct({"size": Either(One(INTEGER, minimum=0), _TEXT), "mode": _NUMERIC}),
        "image": Struct({"subpath": _TEXT}),
    },
    ("type",),
)

_PORT = Struct(
    {
        "name": _TEXT,
        "mode": _TEXT,
        "host_ip": _TEXT,
        "target": _WHOLE,
        "published": One(STRING, INTEGER),
        "protocol": _TEXT,
        "app_protocol": _TEXT,
    }
)

_DEPENDENCY = Struct(
    {
        "restart": _FLAG,
        "required": One(BOOLEAN),
        "condition": One(
            STRING,
            choices=("service_started", "service_healthy", "service_completed_successfully"),
        ),
    },
    ("condition",),
)

_ATTACHMENT = Struct(
    {
        "aliases": _SET,
        "interface_name": _TEXT,
        "ipv4_address": _TEXT,
        "ipv6_address": _TEXT,
        "link_local_ips": _SET,
        "mac_address": _TEXT,
        "driver_opts": _OPTIONS,
        "priority": One(NUMBER),
        "gw_priority": One(NUMBER),
    }
)

_BLKIO_LIMITS = Many(Struct({"path": _TEXT, "rate": _WHOLE}, closed=True))

SERVICE = Struct(
    {
        "annotations": _PAIRS,
        "attach": _FLAG,
        "blkio_config": Struct(
            {
                "device_read_bps": _BLKIO_LIMITS,
                "device_read_iops": _BLKIO_LIMITS,
                "device_write_bps": _BLKIO_LIMITS,
                "device_write_iops": _BLKIO_LIMITS,
                "weight": _WHOLE,
                "weight_device": Many(Struct({"path": _TEXT, "weight": _WHOLE}, closed=True)),
            },
            closed=True,
        ),
        "build": _BUILD,
        "cap_add": _SET,
        "cap_drop": _SET,
        "cgroup": One(STRING, choices=("host", "private")),
        "cgroup_parent": _TEXT,
        "command": _COMMAND,
        "configs": _MOUNTS,
        "container_name": One(STRING, pattern=re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")),
        "cpu_count": Either(_TEXT, One(INTEGER, minimum=0)),
        "cpu_percent": Either(_TEXT, One(INTEGER, minimum=0, maximum=100)),
        "cpu_period": _NUMERIC,
        "cpu_quota": _NUMERIC,
        "cpu_rt_period": _NUMERIC,
        "cpu_rt_runtime": _NUMERIC,
        "cpu_shares": _NUMERIC,
        "cpus": _NUMERIC,
        "cpuset": _TEXT,
        "credential_spec": Struct({"config": _TEXT, "file": _TEXT, "registry": _TEXT}),
        "depends_on": Either(_SET, Table(_DEPENDENCY, NAME)),
        "deploy": _DEPLOY,
        "develop": _DEVELOP,
        "device_cgroup_rules": _SET,
        "devices": Many(
            Either(
                _TEXT,
                Struct({"source": _TEXT, "target": _TEXT, "permissions": _TEXT}, ("source",)),
            )
        ),
        "dns": _TEXT_OR_SET,
        "dns_opt": _SET,
        "dns_search": _TEXT_OR_SET,
        "domainname": _TEXT,
        "entrypoint": _COMMAND,
        "env_file": _ENV_FILE,
        "environment": _PAIRS,
        "expose": Many(_NUMERIC, unique=True),
        "extends": Either(
            _TEXT, Struct({"service": _TEXT, "file": _TEXT}, ("service",), closed=True)
        ),
        "external_links": _SET,
        "extra_hosts": _HOSTS,
        "gpus": Either(One(STRING, choices=("all",)), Many(Struct(_DEVICE_REQUEST))),
        "group_add": Many(_NUMERIC, unique=True),
        "healthcheck": _HEALTHCHECK,
        "hostname": _TEXT,
        "image": _TEXT,
        "init": _FLAG,
        "ipc": _TEXT,
        "isolation": _TEXT,
        "label_file": Either(_TEXT, _TEXTS),
        "labels": _PAIRS,
        "links": _SET,
        "logging": Struct(
            {
                "driver": _TEXT,
                "options": Table(One(STRING, NUMBER, NULL), _NONEMPTY, lax=True),
            }
        ),
        "mac_address": _TEXT,
        "mem_limit": _NUMERIC,
        "mem_reservation": _WHOLE,
        "mem_swappiness": _WHOLE,
        "memswap_limit": _NUMERIC,
        "models": Either(
            _SET,
            Table(
                Either(Struct({"endpoint_var": _TEXT, "model_var": _TEXT}), One(NULL)),
                NAME,
                lax=True,
            ),
        ),
        "network_mode": _TEXT,
        "networks": Either(_SET, Table(Either(_ATTACHMENT, One(NULL)), NAME)),
        "oom_kill_disable": _FLAG,
        "oom_score_adj": Either(_TEXT, One(INTEGER, minimum=-1000, maximum=1000)),
        "pid": One(STRING, NULL),
        "pids_limit": _NUMERIC,
        "platform": _TEXT,
        "ports": Many(Either(One(NUMBER), _TEXT, _PORT), unique=True),
        "post_start": Many(_HOOK),
        "pre_stop": Many(_HOOK),
        "privileged": _FLAG,
        "profiles": _SET,
        "provider": Struct(
            {
                "type": _TEXT,
                "options": Table(
                    Either(One(STRING, NUMBER, BOOLEAN), Many(One(STRING, NUMBER, BOOLEAN))),
                    _NONEMPTY,
                    lax=True,
                ),
            },
            ("type",),
        ),
        "pull_policy": One(
            STRING,
            pattern=re.compile(
                r"always|never|build|if_not_present|missing|refresh|daily|weekly"
                r"|every_[0-9]+[wdhms]"
            ),
        ),
        "pull_refresh_after": _TEXT,
        "read_only": _FLAG,
        "restart": _TEXT,
        "runtime": _TEXT,
        "scale": _WHOLE,
        "secrets": _MOUNTS,
        "security_opt": _SET,
        "shm_size": _NUMERIC,
        "stdin_open": _FLAG,
        "stop_grace_period": _TEXT,
        "stop_signal": _TEXT,
        "storage_opt": Table(Anything()),
        "sysctls": _PAIRS,
        "tmpfs": _TEXT_OR_SET,
        "tty": _FLAG,
        "ulimits": _ULIMITS,
        "use_api_socket": One(BOOLEAN),
        "user": _TEXT,
        "userns_mode": _TEXT,
        "uts": _TEXT,
        "volumes": Many(Either(_TEXT, _VOLUME_MOUNT), unique=True),
        "volumes_from": _SET,
        "working_dir": _TEXT,
    }
)

_EXTERNAL = Either(One(BOOLEAN, STRING), Struct({"name": _TEXT}))
_EXTERNAL_LAX = Either(One(BOOLEAN, STRING), Table(Anything()))

NETWORK = Either(
    One(NULL),
    Struct(
        {
            "name": _TEXT,
            "driver": _TEXT,
            "driver_opts": _OPTIONS,
            "ipam": Struct(
                {
                    "driver": _TEXT,
                    "config": Many(
                        Struct(
                            {
                                "subnet": _TEXT,
                                "ip_range": _TEXT,
                                "gateway": _TEXT,
                                "aux_addresses": Table(_TEXT, _NONEMPTY),
                            }
                        )
                    ),
                    "options": Table(_TEXT, _NONEMPTY),
                }
            ),
            "external": _EXTERNAL,
            "internal": _FLAG,
            "enable_ipv4": _FLAG,
            "enable_ipv6": _FLAG,
            "attachable": _FLAG,
            "labels": _PAIRS,
        }
    ),
)

VOLUME = Either(
    One(NULL),
    Struct(
        {
            "name": _TEXT,
            "driver": _TEXT,
            "driver_opts": _OPTIONS,
            "external": _EXTERNAL,
            "labels": _PAIRS,
        }
    ),
)

SECRET = Struct(
    {
        "name": _TEXT,
        "environment": _TEXT,
        "file": _TEXT,
        "external": _EXTERNAL_LAX,
        "labels": _PAIRS,
        "driver": _TEXT,
        "driver_opts": _OPTIONS,
        "template_driver": _TEXT,
    }
)

CONFIG = Struct(
    {
        "name": _TEXT,
        "content": _TEXT,
        "environment": _TEXT,
        "file": _TEXT,
        "external": _EXTERNAL_LAX,
        "labels": _PAIRS,
        "template_driver": _TEXT,
    }
)

MODEL = Struct(
    {"name": _TEXT, "model": _TEXT, "context_size": One(INTEGER), "runtime_flags": _TEXTS},
    ("model",),
)

INCLUDE = Either(
    _TEXT,
    Struct(
        {"path": _TEXT_OR_SET, "env_file": _TEXT_OR_SET, "project_directory": _TEXT}, closed=True
    ),
)

FILE = Struct(
    {
        "version": _TEXT,
        "name": _TEXT,
        "include": Many(INCLUDE),
        "services": Table(SERVICE, NAME),
        "models": Table(MODEL, NAME, lax=True),
        "networks": Table(NETWORK, NAME, lax=True),
        "volumes": Table(VOLUME, NAME),
        "secrets": Table(SECRET, NAME),
        "configs": Table(CONFIG, NAME),
    }
)
