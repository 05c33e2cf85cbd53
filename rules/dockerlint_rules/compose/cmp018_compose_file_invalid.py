"""Docker Compose refuses the file.

## Why
Compose checks all files of a project before it does anything. With one unknown key, wrong type or
undefined name no service is started, and its message often names neither the file nor the line.

## Instead
Mend what the message says. A file that only completes another one, a missing env_file and a
variable that the deployment must set are no mistakes, and are not reported.

## References
- https://docs.docker.com/reference/compose-file/
"""

from collections.abc import Iterator

from dockerlint_py.api import FileSet, Finding, Known, Severity, rule

OF_OTHER_RULES = ("healthcheck-test", "port", "too-large")


@rule(
    "CMP018",
    "compose-file-invalid",
    on=FileSet,
    severities=(Severity.ERROR,),
    tags=("compose", "start-up"),
    yields_to=("CMP017",),
)
def check(file_set: FileSet) -> Iterator[Finding]:
    for problem in file_set.loaded.problems:
        if problem.code in OF_OTHER_RULES:
            continue
        hint = f"; did you mean `{problem.suggestion}`?" if problem.suggestion else ""
        yield file_set.finding(
            problem.place,
            f"Compose refuses the file: {problem.message}{hint}",
            because=(Known(problem.code, problem.related),),
            key=problem.subject,
        )
