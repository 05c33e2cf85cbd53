"""The options of servers and workers: which take a value, which may, which are switches.

Read from the programs themselves (`tests/heavy/check_servers.py` compares again), uWSGI's from its
source, of which only the usual ones are here. `manage.py runserver` has those of staticfiles too.
"""

from collections.abc import Mapping

from dockerlint_py.knowledge.words import words
from dockerlint_py.record import NamedTuple

SOURCE = "the argument parsers of the released programs"
DATE = "2026-11-24"
VERSIONS: Mapping[str, str] = {
    "celery": "5.7.0",
    "daphne": "4.2.3",
    "django": "5.2.19",
    "fastapi-cli": "0.0.34",
    "flask": "3.1.3",
    "flower": "2.2.0",
    "granian": "2.8.7",
    "gunicorn": "27.0.1",
    "hypercorn": "0.18.0",
    "rq": "3.0.0",
    "uvicorn": "0.54.0",
    "uwsgi": "2.0.31",
    "waitress": "3.0.2",
}


class Options(NamedTuple):
    """Options by how they take a value.

    `values` take the next word, `optional` take it unless it is an option itself; `switches` take
    none, but some have one after an equals sign.
    """

    values: frozenset[str]
    optional: frozenset[str]
    switches: frozenset[str]


OPTIONS: Mapping[str, Options] = {
    "celery": Options(
        words(
            """
            --app --broker --config --loader --result-backend --workdir -A -b
            """
        ),
        frozenset(),
        words(
            """
            --help --no-color --quiet --skip-checks --version -C -q
            """
        ),
    ),
    "celery beat": Options(
        words(
            """
            --executable --gid --hostname --logfile --loglevel --max-interval --pidfile
            --schedule --scheduler --uid --umask -S -f -l -n -s
            """
        ),
        frozenset(),
        words(
            """
            --detach --enable-remote-control --help --no-enable-remote-control
            """
        ),
    ),
    "celery flower": Options(
        frozenset(),
        frozenset(),
        words(
            """
            --address --auth --auth-provider --auth_provider --auto-refresh --auto_refresh
            --basic-auth --basic_auth --broker-api --broker_api --ca-certs --ca_certs --certfile
            --conf --cookie-secret --cookie_secret --db --debug --enable-events --enable_events
            --format-task --format_task --inspect-timeout --inspect_timeout --keyfile
            --log-file-max-size --log-file-num-backups --log-file-prefix --log-rotate-interval
            --log-rotate-mode --log-rotate-when --log-to-stderr --log_file_max_size
            --log_file_num_backups --log_file_prefix --log_rotate_interval --log_rotate_mode
            --log_rotate_when --log_to_stderr --logging --max-tasks --max-workers --max_tasks
            --max_workers --natural-time --natural_time --oauth2-key --oauth2-redirect-uri
            --oauth2-secret --oauth2_key --oauth2_redirect_uri --oauth2_secret --persistent
            --port --purge-offline-workers --purge_offline_workers --read-only --read_only
            --state-save-interval --state_save_interval --task-runtime-metric-buckets
            --task_runtime_metric_buckets --tasks-columns --tasks_columns --unix-socket
            --unix_socket --url-prefix --url_prefix --xheaders
            """
        ),
    ),
    "celery worker": Options(
        words(
            """
            --autoscale --concurrency --exclude-queues --executable --gid --heartbeat-interval
            --hostname --include --logfile --loglevel --max-memory-per-child
            --max-tasks-per-child --optimization --pidfile --pool --pool-start-method
            --prefetch-multiplier --queues --schedule --schedule-filename --scheduler
            --soft-time-limit --statedb --time-limit --uid --umask -I -O -P -Q -S -X -c -f -l -n
            -s
            """
        ),
        frozenset(),
        words(
            """
            --beat --detach --disable-prefetch --discard --events --help --purge --task-events
            --without-gossip --without-heartbeat --without-mingle -B -D -E
            """
        ),
    ),
    "daphne": Options(
        words(
            """
            --access-log --application-close-timeout --bind --endpoint --fd --http-timeout
            --log-fmt --ping-interval --ping-timeout --port --proxy-headers-host
            --proxy-headers-port --root-path --server-name --unix-socket --verbosity
            --websocket-max-frame-size --websocket-max-message-size --websocket_connect_timeout
            --websocket_timeout -b -e -p -s -t -u -v
            """
        ),
        frozenset(),
        words(
            """
            --help --no-server-name --proxy-headers -h
            """
        ),
    ),
    "fastapi dev": Options(
        words(
            """
            --app --entrypoint --forwarded-allow-ips --host --port --reload-dir --root-path -e
            """
        ),
        frozenset(),
        words(
            """
            --help --no-proxy-headers --no-reload --proxy-headers --reload --verbose -v
            """
        ),
    ),
    "fastapi run": Options(
        words(
            """
            --app --entrypoint --forwarded-allow-ips --host --port --root-path --workers -e
            """
        ),
        frozenset(),
        words(
            """
            --help --no-proxy-headers --no-reload --proxy-headers --reload --verbose -v
            """
        ),
    ),
    "flask": Options(
        words(
            """
            --app --env-file -A -e
            """
        ),
        frozenset(),
        words(
            """
            --debug --help --no-debug --version
            """
        ),
    ),
    "flask run": Options(
        words(
            """
            --cert --exclude-patterns --extra-files --host --key --port -h -p
            """
        ),
        frozenset(),
        words(
            """
            --debug --debugger --help --no-debug --no-debugger --no-reload --reload
            --with-threads --without-threads
            """
        ),
    ),
    "granian": Options(
        words(
            """
            --access-log-fmt --backlog --backpressure --blocking-threads
            --blocking-threads-idle-timeout --env-files --host --http --http1-buffer-size
            --http1-header-read-timeout --http2-initial-connection-window-size
            --http2-initial-stream-window-size --http2-keep-alive-interval
            --http2-keep-alive-timeout --http2-max-concurrent-streams --http2-max-frame-size
            --http2-max-headers-size --http2-max-send-buffer-size --interface --log-config
            --log-level --loop --metrics-address --metrics-port --metrics-scrape-interval
            --pid-file --port --process-name --reload-ignore-dirs --reload-ignore-paths
            --reload-ignore-patterns --reload-paths --reload-tick --respawn-interval
            --rss-sample-interval --rss-samples --runtime-blocking-threads --runtime-mode
            --runtime-threads --ssl-ca --ssl-certificate --ssl-crl --ssl-keyfile
            --ssl-keyfile-password --ssl-protocol-min --static-path-dir-to-file
            --static-path-expires --static-path-mount --static-path-route --task-impl --uds
            --uds-permissions --url-path-prefix --workers --workers-kill-timeout
            --workers-lifetime --workers-max-rss --working-dir
            """
        ),
        frozenset(),
        words(
            """
            --access-log --factory --help --http1-keep-alive --http1-pipeline-flush
            --http2-adaptive-window --log --metrics --no-access-log --no-factory
            --no-http1-keep-alive --no-http1-pipeline-flush --no-http2-adaptive-window --no-log
            --no-metrics --no-reload --no-reload-ignore-worker-failure
            --no-respawn-failed-workers --no-ssl-client-verify --no-ws --reload
            --reload-ignore-worker-failure --respawn-failed-workers --ssl-client-verify --version
            --ws
            """
        ),
    ),
    "gunicorn": Options(
        words(
            """
            --access-logfile --access-logformat --asgi-disconnect-grace-period --asgi-lifespan
            --asgi-loop --backlog --bind --ca-certs --cert-reqs --certfile --chdir --ciphers
            --config --control-socket --control-socket-mode --dirty-app --dirty-graceful-timeout
            --dirty-threads --dirty-timeout --dirty-workers --dogstatsd-tags --env
            --error-logfile --forwarded-allow-ips --forwarder-headers --graceful-timeout --group
            --header-map --http-parser --http-protocols --http2-cleartext
            --http2-initial-window-size --http2-max-concurrent-streams --http2-max-frame-size
            --http2-max-header-list-size --keep-alive --keyfile --limit-request-field_size
            --limit-request-fields --limit-request-line --log-config --log-config-json --log-file
            --log-level --log-syslog-facility --log-syslog-prefix --log-syslog-to --logger-class
            --max-requests --max-requests-jitter --name --paste --paste-global --paster --pid
            --protocol --proxy-allow-from --pythonpath --reload-engine --reload-extra-file
            --root-path --ssl-version --statsd-host --statsd-prefix --threads --timeout --umask
            --user --uwsgi-allow-from --websocket-max-message-size --worker-class
            --worker-connections --worker-tmp-dir --workers -b -c -e -g -k -m -n -p -t -u -w
            """
        ),
        words(
            """
            --proxy-protocol
            """
        ),
        words(
            """
            --capture-output --casefold-http-method --check-config --daemon
            --disable-redirect-access-to-syslog --do-handshake-on-connect --enable-backlog-metric
            --enable-stdio-inheritance --help --initgroups --log-syslog --no-control-socket
            --no-sendfile --permit-obsolete-folding --permit-unconventional-http-method
            --permit-unconventional-http-version --preload --print-config --reload --reuse-port
            --spew --strip-header-spaces --suppress-ragged-eofs --version -D -R -h -v
            """
        ),
    ),
    "hypercorn": Options(
        words(
            """
            --access-log --access-logfile --access-logformat --backlog --bind --ca-certs
            --cert-reqs --certfile --ciphers --config --error-log --error-logfile
            --graceful-timeout --group --insecure-bind --keep-alive --keyfile --keyfile-password
            --log-config --log-file --log-level --max-requests --max-requests-jitter --pid
            --quic-bind --read-timeout --root-path --server-name --statsd-host --statsd-prefix
            --umask --user --verify-mode --websocket-ping-interval --worker-class --workers -b -c
            -g -k -m -p -u -w
            """
        ),
        frozenset(),
        words(
            """
            --daemon --debug --help --reload -D -h
            """
        ),
    ),
    "manage.py runserver": Options(
        words(
            """
            --pythonpath --settings --verbosity -v
            """
        ),
        frozenset(),
        words(
            """
            --force-color --help --insecure --ipv6 --no-color --noreload --nostatic --nothreading
            --skip-checks --traceback --version -6 -h
            """
        ),
    ),
    "rq worker": Options(
        words(
            """
            --config --connection-class --date-format --dequeue-strategy --exception-handler
            --job-class --job-monitoring-interval --log-format --logging_level
            --maintenance-interval --max-idle-time --max-jobs --name --path --pid --queue-class
            --results-ttl --serializer --url --worker-class --worker-ttl -P -S -c -ds -j -n -u -w
            """
        ),
        frozenset(),
        words(
            """
            --burst --disable-default-exception-handler --disable-job-desc-logging --help --quiet
            --verbose --with-scheduler -b -d -q -s -v
            """
        ),
    ),
    "uvicorn": Options(
        words(
            """
            --app-dir --backlog --env-file --fd --forwarded-allow-ips
            --h11-max-incomplete-event-size --header --host --http --interface --lifespan
            --limit-concurrency --limit-max-requests --limit-max-requests-jitter --log-config
            --log-level --loop --port --reload-delay --reload-dir --reload-exclude
            --reload-include --root-path --ssl-ca-certs --ssl-cert-reqs --ssl-certfile
            --ssl-ciphers --ssl-keyfile --ssl-keyfile-password --ssl-version
            --timeout-graceful-shutdown --timeout-keep-alive --timeout-worker-healthcheck --uds
            --workers --ws --ws-max-queue --ws-max-size --ws-per-message-deflate
            --ws-ping-interval --ws-ping-timeout
            """
        ),
        frozenset(),
        words(
            """
            --access-log --date-header --factory --help --http2 --no-access-log --no-date-header
            --no-proxy-headers --no-server-header --no-use-colors --proxy-headers --reload
            --reset-contextvars --server-header --use-colors --version
            """
        ),
    ),
    "uwsgi": Options(
        words(
            """
            --add-header --attach-daemon --attach-daemon2 --buffer-size --cache2 --callable
            --chdir --chdir2 --cheaper --cheaper-algo --cheaper-initial --cheaper-overload
            --cheaper-step --check-static --chown-socket --cron --daemonize --daemonize2
            --emperor --env --exec-asap --exec-pre-app --fastcgi-socket --gevent --gid --harakiri
            --home --hook-master-start --http --http-processes --http-socket --http-timeout
            --http-to --https --if-env --import --ini --json --limit-as --listen --log-format
            --logger --logto --logto2 --max-requests --max-worker-lifetime --module --mount
            --offload-threads --pidfile --pidfile2 --plugin --plugin-dir --plugins
            --post-buffering --processes --procname --procname-prefix --py-autoreload
            --py-tracebacker --python-autoreload --python-path --pythonpath --queue
            --reload-on-rss --req-logger --route --route-host --safe-pidfile --set --set-ph
            --set-placeholder --shared-import --sharedarea --smart-attach-daemon --socket
            --spooler --static-expires --static-gzip --static-index --static-map --static-safe
            --stats --threads --touch-reload --uid --umask --uwsgi-socket --vassals-include
            --venv --virtualenv --worker-reload-mercy --workers --wsgi --wsgi-file --xml --yaml
            -A -H -Q -R -S -b -d -j -l -p -s -t -w -x -y
            """
        ),
        words(
            """
            --chmod-socket --endif --http-keepalive --memory-report --mule --need-app -C -m
            """
        ),
        words(
            """
            --auto-procname --catch-exceptions --close-on-exec --close-on-exec2 --die-on-term
            --disable-logging --disable-write-exception --enable-threads --gevent-monkey-patch
            --honour-range --honour-stdin --http-auto-chunked --http-raw-body --http-websockets
            --ignore-sigpipe --ignore-write-errors --lazy --lazy-apps --log-master
            --manage-script-name --master --no-orphans --py-call-osafterfork --reaper
            --single-interpreter --skip-atexit --static-gzip-all --stats-http --strict
            --thunder-lock --vacuum -L -M -T -i -r
            """
        ),
    ),
    "waitress-serve": Options(
        words(
            """
            --app --asyncore-loop-timeout --backlog --channel-request-lookahead --channel-timeout
            --cleanup-interval --connection-limit --host --ident --inbuf-overflow --listen
            --max-request-body-size --max-request-header-size --outbuf-high-watermark
            --outbuf-overflow --port --recv-bytes --send-bytes --server-name --sockets --threads
            --trusted-proxy --trusted-proxy-count --trusted-proxy-headers --unix-socket
            --unix-socket-perms --url-prefix --url-scheme
            """
        ),
        frozenset(),
        words(
            """
            --asyncore-use-poll --call --clear-untrusted-proxy-headers --expose-tracebacks --help
            --ipv4 --ipv6 --log-socket-errors --log-untrusted-proxy-headers
            --no-asyncore-use-poll --no-clear-untrusted-proxy-headers --no-expose-tracebacks
            --no-ipv4 --no-ipv6 --no-log-socket-errors --no-log-untrusted-proxy-headers
            """
        ),
    ),
}
