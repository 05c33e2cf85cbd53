"""What is where in an image, after commands that make, may make or remove files."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.testing import project

FILES = {
    "app/main.py": "",
    "app/data.txt": "",
    "manage.py": "",
    ".dockerignore": "**/*.txt\n**/cut\n",
    ".gitignore": "built/\ncut/\n",
}


def answer(steps: str, path: str) -> bool | None:
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /code\n{steps}\n"
    (stage,) = project({"Dockerfile": dockerfile, **FILES}).repository().stages
    fact = stage.fs.has(path)
    return fact.value if isinstance(fact, Known) else None


@pytest.mark.parametrize(
    ("steps", "path", "there"),
    [
        ("COPY . .", "/code/app/main.py", True),
        ("COPY . .", "/code/app", True),
        ("COPY . .", "/code/app/data.txt", False),
        ("COPY app /srv/app", "/code/app/main.py", False),
        ("COPY *.py ./", "/code/manage.py", True),
        ("COPY *.py ./", "/code/app/main.py", False),
        ("COPY a* ./", "/code/main.py", True),
        ("COPY a* ./", "/code/app/main.py", False),
        ("COPY app/* ./", "/code/main.py", True),
        ("COPY --parents app /srv/", "/srv/app/main.py", None),
        ("COPY . .", "/code/built/a.js", None),
        ("COPY . .", "/code/built", None),
        ("COPY . .", "/code/app/cut/a.js", False),
        ("COPY . .\nRUN rm -r app", "/code/app/main.py", False),
        ("COPY . .\nRUN test -d x && rm -r app", "/code/app/main.py", None),
        ("RUN test -d x && rm -r app", "/code/app/main.py", False),
        ("COPY . .\nRUN find . -name '*.pyc' -delete", "/code/app/main.py", None),
        ("COPY . .\nRUN find /usr -exec rm -rf {} +", "/code/app/main.py", True),
        ("COPY . .\nRUN find . -exec chmod a+x {} +", "/code/app/main.py", True),
        ("RUN find . -exec cp {} /x \\;", "/code/x", None),
        ("RUN find /usr -depth | xargs rm -rf", "/code/x", False),
        ("RUN ls | xargs touch", "/code/x", None),
        ("RUN mkdir -p static/css", "/code/static", True),
        ("RUN mkdir -p static/css", "/code/media", False),
        ("RUN echo a | tee /srv/a.txt", "/srv/a.txt", True),
        ("RUN sed -i s/a/b/ /code/app/main.py", "/code/x", False),
        ("RUN python manage.py collectstatic", "/code/x.py", False),
        ("RUN python manage.py collectstatic", "/code/static", None),
        ("RUN python manage.py makemigrations", "/code/x.py", None),
        ("RUN python manage.py own_command", "/code/x.py", None),
        ("RUN npm ci && npm run build", "/code/x.py", False),
        ("RUN npm ci && npm run build", "/code/dist", None),
        ("RUN ./build.sh", "/code/x.py", None),
        ("RUN git config --global user.name x", "/code/x", False),
        ("RUN git clone https://e.com/x", "/code/x", None),
        ("RUN curl -fsSL https://e.com/x", "/code/x", False),
        ("RUN curl -fsSLo /tmp/x https://e.com/x", "/code/x", False),
        ("RUN curl -fsSLo /code/x https://e.com/x", "/code/x", None),
        ("RUN curl -fsSLO https://e.com/x", "/code/x", None),
        ("RUN wget -qO- https://e.com/x", "/code/x", False),
        ("RUN wget -q https://e.com/x", "/code/x", None),
        ("RUN tar xf /tmp/a.tar", "/code/x", None),
        ("RUN tar -xzf /tmp/a.tar -C /opt", "/code/x", False),
        ("RUN tar -xzf /tmp/a.tar -C $WHERE", "/code/x", None),
        ("RUN unzip /tmp/a.zip -d /code/app", "/code/app/x", None),
        ("RUN unzip /tmp/a.zip -d /code/app", "/code/x", False),
    ],
)
def test_has(steps: str, path: str, there: bool | None) -> None:
    assert answer(steps, path) is there


@pytest.mark.parametrize(
    ("steps", "loses"),
    [
        ("COPY . .", False),
        ("COPY . .\nRUN rm -rf /code/app", True),
        ("COPY . .\nRUN find . -delete", True),
        ("COPY . .\nRUN rm -rf /code/app\nRUN ./build.sh", True),
        ("COPY . .\nRUN rm -rf /code/app\nCOPY . .", False),
        ("COPY . .\nRUN rm -rf /code/app\nCOPY manage.py .", True),
        ("RUN rm -rf /code/app\nCOPY . .", False),
        ("COPY . .\nRUN rm -rf /code/other", False),
    ],
)
def test_what_a_stage_loses(steps: str, *, loses: bool) -> None:
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /code\n{steps}\n"
    (stage,) = project({"Dockerfile": dockerfile, **FILES}).repository().stages
    assert stage.fs.loses("/code/app/main.py") is loses
