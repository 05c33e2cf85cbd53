"""Packages of root's `~/.local` are copied to where the running user cannot use them.

## Why
`pip install --user` as root fills `/root/.local`. Only root may enter `/root`, so that another user
finds neither the packages nor the scripts there. In a home of its own the packages are found, but
the scripts only when `.local/bin` is on the PATH.

## Instead
Copy to the home of the user, with `--chown`, and put its `.local/bin` on the PATH; or use a virtual
environment in `/opt` or `/app`.

## References
- https://docs.python.org/3/library/site.html#site.USER_SITE
- https://pip.pypa.io/en/stable/user_guide/#user-installs
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "STG005",
    "user-site-copied-for-other-user",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("stages", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    user, launch = container.user.effective, container.launch
    if not isinstance(user, Known) or user.value in ("root", "0", ""):
        return
    for copied in (c for stage in container.chain for c in stage.package_copies):
        script = launch.script_off_path(f"{copied.path}/bin")
        if copied.user_base and copied.path.startswith("/root/") and launch.is_root_home_closed:
            message = f"the user {user.value} may not enter /root, where the packages are"
            yield container.finding(copied.place, message, because=(copied.fact(), user))
        elif copied.user_base and script is not None:
            message = f"{copied.path}/bin is not on the PATH, so `{script.name}` is not found"
            yield container.finding(copied.place, message, because=(copied.fact(), script.fact()))
