"""What shows that static files and translations of an application are there."""

from dockerlint_py.context import Scope
from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_deployment import deployments_of
from dockerlint_py.model.assets.static_serving import serving_of
from dockerlint_py.model.programs.management import runs_of_container
from dockerlint_py.report.checklist_items import DJANGO
from dockerlint_py.report.checklist_subject import (
    DONE,
    NOT_APPLICABLE,
    UNKNOWN,
    Subject,
    Verdict,
)

_APP = "django.contrib.staticfiles"


def static_files(subject: Subject) -> Verdict | None:
    """Collected, and served by something of the deployment."""
    if subject.framework != DJANGO:
        return _of_flask(subject)
    for code in subject.code:
        if code.settings is not None and code.settings.includes("INSTALLED_APPS", _APP) is False:
            return Verdict(NOT_APPLICABLE, f"{_APP} is not installed")
    collected = _run("collectstatic", subject)
    if collected is None:
        return Verdict(UNKNOWN, "nothing is seen to run `collectstatic`")
    for deployment in deployments_of(subject.container):
        served = serving_of(deployment)
        if served is not None:
            says = f"{collected.says}, and {served.says}"
            return Verdict(DONE, says, (*collected.places, *served.places))
    says = f"{collected.says}, but what serves the files is not known"
    return Verdict(UNKNOWN, says, collected.places)


def translations(subject: Subject) -> Verdict:
    """Compiled, where the repository has any."""
    folders = Scope(subject.container.repository.snapshot).folders
    if not any(name.endswith((".po", ".mo")) for _, entries in folders for name in entries):
        return Verdict(NOT_APPLICABLE, "there are no translations in the repository")
    compiled = _run("compilemessages", subject)
    if compiled is None:
        return Verdict(UNKNOWN, "nothing is seen to compile them")
    return Verdict(DONE, compiled.says, compiled.places)


def _of_flask(subject: Subject) -> Verdict | None:
    """Flask serves the folder `static` itself: nothing is to be collected."""
    files = [path for code in subject.code for path in code.application.files]
    python = subject.container.repository.python_files
    if not files or any("static_folder" in python.text(path) for path in files):
        return None
    snapshot = subject.container.repository.snapshot
    inside = [code.application.folder for code in subject.code]
    for folder, _ in Scope(snapshot).folders:
        if folder.rpartition("/")[2] == "static" and any(_is_in(folder, each) for each in inside):
            return Verdict(UNKNOWN, f"Flask serves {folder} itself, if it is in the image")
    return Verdict(NOT_APPLICABLE, "the application has no folder of static files")


def _is_in(folder: str, root: str) -> bool:
    return not root or folder.startswith(root + "/")


def _run(command: str, subject: Subject) -> Known[str] | None:
    """That Django runs a command for certain: in this container, its image, or beside it."""
    ours = {run.place for code in subject.code for run in code.application.management_runs}
    for container in subject.company:
        for run in runs_of_container(container):
            if run.command == command and run.place in ours and not run.invocation.is_conditional:
                return run.fact
    return None
