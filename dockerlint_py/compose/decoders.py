"""Which key of the model is read how (see `decode.py`)."""

from dockerlint_py.compose import decode
from dockerlint_py.compose.decode import Decoder

_KEYS: tuple[tuple[Decoder, str], ...] = (
    (
        decode.duration,
        """
        healthcheck.interval healthcheck.timeout healthcheck.start_period healthcheck.start_interval
        stop_grace_period deploy.restart_policy.delay deploy.restart_policy.window
        deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay
        deploy.rollback_config.monitor
        """,
    ),
    (
        decode.size,
        """
        mem_limit mem_reservation memswap_limit mem_swappiness shm_size build.shm_size
        deploy.resources.limits.memory deploy.resources.reservations.memory volumes.*.tmpfs.size
        blkio_config.device_read_bps.*.rate blkio_config.device_read_iops.*.rate
        blkio_config.device_write_bps.*.rate blkio_config.device_write_iops.*.rate
        """,
    ),
    (
        decode.command,
        "command entrypoint post_start.*.command pre_stop.*.command develop.watch.*.exec.command",
    ),
    (decode.health_test, "healthcheck.test"),
    (
        decode.assignments,
        """
        environment build.args post_start.*.environment pre_stop.*.environment
        develop.watch.*.exec.environment
        """,
    ),
    (
        decode.texts,
        """
        labels build.labels deploy.labels annotations sysctls volumes.*.volume.labels
        gpus.*.options deploy.resources.reservations.devices.*.options
        """,
    ),
    (decode.options, "logging.options networks.*.driver_opts build.additional_contexts"),
    (decode.storage_options, "storage_opt"),
    (decode.hosts, "extra_hosts build.extra_hosts"),
    (
        decode.number,
        "deploy.resources.limits.cpus deploy.resources.reservations.cpus cpus cpu_percent "
        "deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio",
    ),
    (
        decode.whole,
        "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj "
        "pids_limit scale deploy.replicas networks.*.priority networks.*.gw_priority",
    ),
    (
        decode.natural,
        """
        healthcheck.retries deploy.update_config.parallelism deploy.rollback_config.parallelism
        deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node
        blkio_config.weight blkio_config.weight_device.*.weight volumes.*.tmpfs.mode
        ports.*.target
        """,
    ),
    (
        decode.integer_text,
        """
        deploy.resources.limits.pids
        deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value
        """,
    ),
    (
        decode.flag,
        """
        attach init oom_kill_disable privileged read_only stdin_open tty build.no_cache build.pull
        build.privileged healthcheck.disable depends_on.*.restart env_file.*.required
        volumes.*.read_only volumes.*.bind.create_host_path volumes.*.volume.nocopy
        post_start.*.privileged pre_stop.*.privileged develop.watch.*.exec.privileged
        """,
    ),
    (decode.file_mode, "configs.*.mode secrets.*.mode build.secrets.*.mode"),
    (
        decode.device_count,
        "gpus.*.count deploy.resources.reservations.devices.*.count",
    ),
)

TABLE: dict[str, Decoder] = {
    f"services.*.{key}": decoder for decoder, keys in _KEYS for key in keys.split()
}
for _section in ("networks", "volumes", "secrets", "configs"):
    TABLE[f"{_section}.*.labels"] = decode.texts
for _section in ("networks", "volumes"):
    TABLE[f"{_section}.*.driver_opts"] = decode.options
for _section in ("secrets", "configs"):
    TABLE[f"{_section}.*.driver_opts"] = decode.storage_options
