"""Programs that begin as root and give that up."""

from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.process import Process

SWITCHES = {
    "gunicorn": ("-u", "--user"),
    "celery": ("--uid",),
    "uwsgi": ("--uid", "--ini", "--yaml", "--xml", "--json"),
    "httpd": (),
    "apache2": (),
    "cron": (),
    "crond": (),
    "nginx": (),
    "supervisord": (),
    "init": (),
    "s6-svscan": (),
    "runsvdir": (),
    "my_init": (),
}
"""Options, or files, that make a server give up being root; without any, it does so by itself.

Process supervisors (s6-overlay's is `/init`) start each service as the user that it names; so does
cron with each job, which takes root.
"""


def may_drop_privileges(process: Process) -> bool:
    """Whether something in a start switches to another user, or could do so."""
    if process.unknown:
        return True
    return any(i.user or _changes_user(i) for i in process.invocations)


def _changes_user(invocation: Invocation) -> bool:
    options = SWITCHES.get(invocation.name)
    if options is None:
        return False
    if invocation.name == "uwsgi" and any("." in value for value in invocation.values[:1]):
        return True
    return not options or invocation.has(*options)
