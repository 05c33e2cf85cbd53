"""Who may write where in an image: no is the answer only where nothing may have opened a path."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.image.permissions import may_write
from dockerlint_py.testing import project


def answer(steps: str, path: str, user: str = "app", base: str = "python:3.13-slim") -> bool | None:
    dockerfile = f"FROM {base}\nWORKDIR /code\n{steps}\n"
    stage = project({"Dockerfile": dockerfile, "a.txt": ""}).repository().stages[-1]
    fact = may_write(stage, path, user)
    return fact.value if isinstance(fact, Known) else None


@pytest.mark.parametrize(
    ("steps", "may"),
    [
        ("", False),
        ("COPY . .", False),
        ("COPY --chown=root:root . .", False),
        ("COPY --chown=app . .", None),
        ("COPY --chmod=777 . .", None),
        ("COPY --chown=app . /srv/app", False),
        ("ARG UNKNOWN\nCOPY . $UNKNOWN", None),
        ("COPY --from=example/image /data .", None),
        ("ADD . .", False),
        ("ADD files.tar.gz .", None),
        ("RUN chown app data", None),
        ("RUN chown -R app:app /code", None),
        ("RUN chown app /code/data/*", None),
        ("RUN chown -R root:root /code", False),
        ("RUN chown app /srv", False),
        ("RUN cd /srv && chown app .", False),
        ("RUN chgrp app .", None),
        ("ARG UNKNOWN\nRUN chown app $UNKNOWN", None),
        ("RUN test -d x && chown app .", None),
        ("RUN find . -exec chown app {} +", None),
        ("RUN find . -name x -exec rm -r {} +", False),
        ("RUN ls | xargs chown app", None),
        ("RUN chmod +x start.sh", False),
        ("RUN chmod -R 755 .", False),
        ("RUN chmod -R u+rwX,go+rX .", False),
        ("RUN chmod 1777 .", None),
        ("RUN chmod -R g+w .", None),
        ("RUN chmod -R a=rwX /code", None),
        ("RUN mkdir -p data", False),
        ("RUN mkdir -m 777 data", None),
        ("RUN install -d -o app data", None),
        ("RUN cp -r /x data", False),
        ("RUN cp -a /x data", None),
        ("RUN umask 0 && mkdir data", None),
        ("RUN setfacl -m u:app:rwx .", None),
        ("RUN ./prepare.sh", None),
        ("RUN pip install django", False),
        ("RUN apt-get update && apt-get install -y curl", False),
        ("USER app\nWORKDIR /code/data", None),
        ("USER app\nWORKDIR /code", False),
        ("RUN usermod --home /code app", None),
        ("RUN usermod -aG root app", None),
        ("RUN usermod -aG users app", False),
        ("USER app:root", None),
        ("USER app:app", False),
        ("SHELL [\"powershell\"]\nRUN x", None),
    ],
)  # fmt: skip
def test_a_step_may_open_a_folder(steps: str, may: bool | None) -> None:
    assert answer(f"RUN useradd --uid 1000 app\n{steps}", "/code/data") is may


@pytest.mark.parametrize(
    ("account", "may"),
    [
        ("adduser -D app", False),
        ("addgroup --system app && adduser --system --ingroup app app", False),
        ("useradd -g 0 app", None),
        ("useradd --gid=root app", None),
        ("useradd -g0 app", None),
        ("useradd -u $ID app", None),
        ("useradd -d /code app", None),
        ("useradd other", None),
        ("true", None),
    ],
)
def test_only_users_whose_groups_are_known_are_judged(account: str, may: bool | None) -> None:
    assert answer(f"ARG ID\nRUN {account}", "/code/data") is may


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/opt/app/x", False),
        ("/usr/src/app/x", False),
        ("/srv/x", False),
        ("/x", False),
        ("/tmp/x", None),
        ("/home/app/x", None),
        ("/var/log/x", None),
    ],
)
def test_folders_of_the_system_are_judged_where_they_are_known(path: str, may: bool | None) -> None:
    assert answer("RUN useradd app", path) is may


def test_root_may_write_everywhere_and_an_unknown_image_may_allow_anything() -> None:
    assert answer("", "/code/x", user="root") is True
    assert answer("RUN useradd app", "/code/x", base="example/python") is None


@pytest.mark.parametrize(
    ("in_builder", "may"), [("", False), ("RUN chown -R app /code", None), ("RUN ./x", None)]
)
def test_files_of_a_stage_keep_their_owner(in_builder: str, may: bool | None) -> None:
    steps = (
        f"{in_builder}\nFROM python:3.13-slim\nRUN useradd app\nWORKDIR /code\n"
        "COPY --from=0 /code /code"
    )
    assert answer(steps, "/code/x") is may
