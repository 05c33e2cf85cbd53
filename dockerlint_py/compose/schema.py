"""What keys a Compose file has, and what their values may be, before short forms are expanded.

Written from compose-spec (the reference pages of the elements) and held equal to Docker Compose
2.40.3 by the differential tests. It is a table of ours and no JSON schema, so that every error can
be found, at its own line, without a validator to import.
"""

from dockerlint_py.compose.schema_parts import (
    ATTACHMENT,
    BLKIO_LIMITS,
    BUILD,
    COMMAND,
    DEPENDENCY,
    DEPLOY,
    DEVELOP,
    DEVICE_REQUEST,
    ENV_FILE,
    FLAG,
    HEALTHCHECK,
    HOOK,
    HOSTS,
    MOUNTS,
    NONEMPTY,
    NUMERIC,
    OPTIONS,
    PAIRS,
    PORT,
    SET,
    TEXT,
    TEXT_OR_SET,
    TEXTS,
    ULIMITS,
    VOLUME_MOUNT,
    WHOLE,
)
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
    Struct,
    Table,
)
from dockerlint_py.text.regex import regex

SERVICE = Struct(
    {
        "annotations": PAIRS,
        "attach": FLAG,
        "blkio_config": Struct(
            {
                "device_read_bps": BLKIO_LIMITS,
                "device_read_iops": BLKIO_LIMITS,
                "device_write_bps": BLKIO_LIMITS,
                "device_write_iops": BLKIO_LIMITS,
                "weight": WHOLE,
                "weight_device": Many(Struct({"path": TEXT, "weight": WHOLE}, closed=True)),
            },
            closed=True,
        ),
        "build": BUILD,
        "cap_add": SET,
        "cap_drop": SET,
        "cgroup": One(STRING, choices=("host", "private")),
        "cgroup_parent": TEXT,
        "command": COMMAND,
        "configs": MOUNTS,
        "container_name": One(STRING, pattern=regex(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")),
        "cpu_count": Either(TEXT, One(INTEGER, minimum=0)),
        "cpu_percent": Either(TEXT, One(INTEGER, minimum=0, maximum=100)),
        "cpu_period": NUMERIC,
        "cpu_quota": NUMERIC,
        "cpu_rt_period": NUMERIC,
        "cpu_rt_runtime": NUMERIC,
        "cpu_shares": NUMERIC,
        "cpus": NUMERIC,
        "cpuset": TEXT,
        "credential_spec": Struct({"config": TEXT, "file": TEXT, "registry": TEXT}),
        "depends_on": Either(SET, Table(DEPENDENCY, NAME)),
        "deploy": DEPLOY,
        "develop": DEVELOP,
        "device_cgroup_rules": SET,
        "devices": Many(
            Either(
                TEXT,
                Struct({"source": TEXT, "target": TEXT, "permissions": TEXT}, ("source",)),
            )
        ),
        "dns": TEXT_OR_SET,
        "dns_opt": SET,
        "dns_search": TEXT_OR_SET,
        "domainname": TEXT,
        "entrypoint": COMMAND,
        "env_file": ENV_FILE,
        "environment": PAIRS,
        "expose": Many(NUMERIC, unique=True),
        "extends": Either(TEXT, Struct({"service": TEXT, "file": TEXT}, ("service",), closed=True)),
        "external_links": SET,
        "extra_hosts": HOSTS,
        "gpus": Either(One(STRING, choices=("all",)), Many(Struct(DEVICE_REQUEST))),
        "group_add": Many(NUMERIC, unique=True),
        "healthcheck": HEALTHCHECK,
        "hostname": TEXT,
        "image": TEXT,
        "init": FLAG,
        "ipc": TEXT,
        "isolation": TEXT,
        "label_file": Either(TEXT, TEXTS),
        "labels": PAIRS,
        "links": SET,
        "logging": Struct(
            {
                "driver": TEXT,
                "options": Table(One(STRING, NUMBER, NULL), NONEMPTY, lax=True),
            }
        ),
        "mac_address": TEXT,
        "mem_limit": NUMERIC,
        "mem_reservation": WHOLE,
        "mem_swappiness": WHOLE,
        "memswap_limit": NUMERIC,
        "models": Either(
            SET,
            Table(
                Either(Struct({"endpoint_var": TEXT, "model_var": TEXT}), One(NULL)),
                NAME,
                lax=True,
            ),
        ),
        "network_mode": TEXT,
        "networks": Either(SET, Table(Either(ATTACHMENT, One(NULL)), NAME)),
        "oom_kill_disable": FLAG,
        "oom_score_adj": Either(TEXT, One(INTEGER, minimum=-1000, maximum=1000)),
        "pid": One(STRING, NULL),
        "pids_limit": NUMERIC,
        "platform": TEXT,
        "ports": Many(Either(One(NUMBER), TEXT, PORT), unique=True),
        "post_start": Many(HOOK),
        "pre_stop": Many(HOOK),
        "privileged": FLAG,
        "profiles": SET,
        "provider": Struct(
            {
                "type": TEXT,
                "options": Table(
                    Either(One(STRING, NUMBER, BOOLEAN), Many(One(STRING, NUMBER, BOOLEAN))),
                    NONEMPTY,
                    lax=True,
                ),
            },
            ("type",),
        ),
        "pull_policy": One(
            STRING,
            pattern=regex(
                r"always|never|build|if_not_present|missing|refresh|daily|weekly"
                r"|every_[0-9]+[wdhms]"
            ),
        ),
        "pull_refresh_after": TEXT,
        "read_only": FLAG,
        "restart": TEXT,
        "runtime": TEXT,
        "scale": WHOLE,
        "secrets": MOUNTS,
        "security_opt": SET,
        "shm_size": NUMERIC,
        "stdin_open": FLAG,
        "stop_grace_period": TEXT,
        "stop_signal": TEXT,
        "storage_opt": Table(Anything()),
        "sysctls": PAIRS,
        "tmpfs": TEXT_OR_SET,
        "tty": FLAG,
        "ulimits": ULIMITS,
        "use_api_socket": One(BOOLEAN),
        "user": TEXT,
        "userns_mode": TEXT,
        "uts": TEXT,
        "volumes": Many(Either(TEXT, VOLUME_MOUNT), unique=True),
        "volumes_from": SET,
        "working_dir": TEXT,
    }
)

EXTERNAL = Either(One(BOOLEAN, STRING), Struct({"name": TEXT}))
EXTERNAL_LAX = Either(One(BOOLEAN, STRING), Table(Anything()))

NETWORK = Either(
    One(NULL),
    Struct(
        {
            "name": TEXT,
            "driver": TEXT,
            "driver_opts": OPTIONS,
            "ipam": Struct(
                {
                    "driver": TEXT,
                    "config": Many(
                        Struct(
                            {
                                "subnet": TEXT,
                                "ip_range": TEXT,
                                "gateway": TEXT,
                                "aux_addresses": Table(TEXT, NONEMPTY),
                            }
                        )
                    ),
                    "options": Table(TEXT, NONEMPTY),
                }
            ),
            "external": EXTERNAL,
            "internal": FLAG,
            "enable_ipv4": FLAG,
            "enable_ipv6": FLAG,
            "attachable": FLAG,
            "labels": PAIRS,
        }
    ),
)

VOLUME = Either(
    One(NULL),
    Struct(
        {
            "name": TEXT,
            "driver": TEXT,
            "driver_opts": OPTIONS,
            "external": EXTERNAL,
            "labels": PAIRS,
        }
    ),
)

SECRET = Struct(
    {
        "name": TEXT,
        "environment": TEXT,
        "file": TEXT,
        "external": EXTERNAL_LAX,
        "labels": PAIRS,
        "driver": TEXT,
        "driver_opts": OPTIONS,
        "template_driver": TEXT,
    }
)

CONFIG = Struct(
    {
        "name": TEXT,
        "content": TEXT,
        "environment": TEXT,
        "file": TEXT,
        "external": EXTERNAL_LAX,
        "labels": PAIRS,
        "template_driver": TEXT,
    }
)

MODEL = Struct(
    {"name": TEXT, "model": TEXT, "context_size": One(INTEGER), "runtime_flags": TEXTS},
    ("model",),
)

INCLUDE = Either(
    TEXT,
    Struct({"path": TEXT_OR_SET, "env_file": TEXT_OR_SET, "project_directory": TEXT}, closed=True),
)

FILE = Struct(
    {
        "version": TEXT,
        "name": TEXT,
        "include": Many(INCLUDE),
        "services": Table(SERVICE, NAME),
        "models": Table(MODEL, NAME, lax=True),
        "networks": Table(NETWORK, NAME, lax=True),
        "volumes": Table(VOLUME, NAME),
        "secrets": Table(SECRET, NAME),
        "configs": Table(CONFIG, NAME),
    }
)
