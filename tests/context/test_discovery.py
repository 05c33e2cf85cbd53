"""Which files are Dockerfiles, Compose files and templates, and which folders are searched."""

import pytest

from dockerlint_py.context import FileSpec, Scope, Snapshot, discover
from dockerlint_py.context.templates import template_syntax
from dockerlint_py.text import Source

FROM = "FROM python:3.13\n"
SERVICES = "services:\n  web: {}\n"


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "dockerfile",
        "Dockerfile.prod",
        "dockerfile.dev",
        "Dockerfile-dev",
        "web.Dockerfile",
        "web.dockerfile",
        "Containerfile",
        "Containerfile.web",
        "api.containerfile",
    ],
)
def test_dockerfiles(name: str) -> None:
    found = discover(Scope(Snapshot.of({f"a/{name}": FROM})))
    assert found.dockerfiles == (f"a/{name}",)


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile.dockerignore",
        "Dockerfile.md",
        "dockerfile.py",
        "Dockerfile.yml",
        "Dockerfiles",
        "Dockerfile~",
        "Dockerfile.prod.bak",
        "mydockerfile",
        "README.md",
    ],
)
def test_not_dockerfiles(name: str) -> None:
    assert discover(Scope(Snapshot.of({name: FROM}))).dockerfiles == ()


def test_an_unusual_name_needs_a_from() -> None:
    found = discover(Scope(Snapshot.of({"Dockerfile.notes": "text", "Dockerfile": "broken"})))
    assert found.dockerfiles == ("Dockerfile",)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("compose.yml", "", True),
        ("compose.prod.yaml", "", True),
        ("docker-compose.yml", "", True),
        ("docker-compose-local.yml", "", True),
        ("docker_compose.dev.yml", "", True),
        ("local.yml", SERVICES, True),
        ("production.yml", SERVICES, True),
        ("web.compose.yml", SERVICES, True),
        ("production.yml", "- hosts: all\n", False),
        ("local.yml", "x:\n  services:\n    a: 1\n", False),
        ("composer.yml", SERVICES, False),
        ("services.yml", SERVICES, False),
        (".github/workflows/compose.yml", SERVICES, False),
    ],
)
def test_compose_files(name: str, text: str, *, found: bool) -> None:
    assert discover(Scope(Snapshot.of({name: text}))).compose_files == ((name,) if found else ())


@pytest.mark.parametrize(
    ("folder", "marker"),
    [
        ("node_modules/x", None),
        ("vendor/x", None),
        ("third_party", None),
        ("lib/site-packages/x", None),
        (".git/hooks", None),
        ("env", "env/pyvenv.cfg"),
        ("env", "env/bin/activate"),
        ("env", "env/Scripts/activate"),
    ],
)
def test_folders_that_are_not_searched(folder: str, marker: str | None) -> None:
    files: dict[str, str | bytes | FileSpec] = {f"{folder}/Dockerfile": FROM}
    if marker:
        files[marker] = ""
    assert discover(Scope(Snapshot.of(files))).dockerfiles == ()


def test_env_alone_is_an_ordinary_folder() -> None:
    assert discover(Scope(Snapshot.of({"env/Dockerfile": FROM}))).dockerfiles == ("env/Dockerfile",)


def test_what_git_ignores_is_passed_over_unless_it_is_tracked() -> None:
    files = {".gitignore": "out/\n", "out/Dockerfile": FROM, "out/new/Dockerfile": FROM}
    assert discover(Scope(Snapshot.of(files))).dockerfiles == ()
    tracked = Snapshot.of(files, tracked=["out/Dockerfile"])
    assert discover(Scope(tracked)).dockerfiles == ("out/Dockerfile",)


def test_excluded_by_configuration() -> None:
    files = dict.fromkeys(["Dockerfile", "legacy/Dockerfile", "a/legacy/b/Dockerfile"], FROM)
    assert discover(Scope(Snapshot.of(files), ["legacy/**"])).dockerfiles == (
        "Dockerfile",
        "a/legacy/b/Dockerfile",
    )
    assert discover(Scope(Snapshot.of(files), ["legacy"])).dockerfiles == ("Dockerfile",)
    assert discover(
        Scope(Snapshot.of(files), ["legacy/*", "/Dockerfile", "!/Dockerfile"])
    ).dockerfiles


def test_a_link_stands_for_its_file() -> None:
    files = {"Dockerfile": FileSpec(link="docker/Dockerfile"), "docker/Dockerfile": FROM}
    found = discover(Scope(Snapshot.of(files)))
    assert found.dockerfiles == ("docker/Dockerfile",)
    assert found.links == {"Dockerfile": "docker/Dockerfile"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile.j2", FROM),
        ("Dockerfile.template", FROM),
        ("Dockerfile-web.tmpl", FROM),
        ("compose.yml.j2", SERVICES),
        ("{{cookiecutter.name}}/Dockerfile", FROM),
        ("Dockerfile", "FROM {{ base }}\n"),
        ("compose.yml", "services:\n  web:\n    image: {{ image }}\n"),
    ],
)
def test_templates_are_named_and_not_audited(name: str, text: str) -> None:
    found = discover(Scope(Snapshot.of({name: text})))
    assert [template.path for template in found.templates] == [name]
    assert found.dockerfiles == found.compose_files == ()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("FROM {{ base }}\n", "{{ base }}"),
        ("FROM {{ .Base }}\n", "{{ .Base }}"),
        ('FROM a\nENV X="{{ cookiecutter.x }}"\n', "{{ cookiecutter"),
        ('FROM a\nLABEL x="{{ name }}"\n', "{{ name }}"),
        ("FROM a\n{% if x %}\nRUN y\n{% endif %}\n", "{% if x %}"),
        ("FROM a\n{%- for x in y -%}\n", "{%- for x in y -%}"),
        ("FROM a\nRUN pip install {{ package }}\n", "{{ package }}"),
        ("FROM <%= base %>\n", "<%= "),
        ("FROM a\n# {{ no }}\nRUN a \\\n  {{ yes }}\n", "{{ yes }}"),
    ],
)
def test_template_tags(text: str, tag: str) -> None:
    span = template_syntax(Source("Dockerfile", text), dockerfile=True)
    assert span is not None
    assert text[span.start : span.end] == tag


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nRUN docker inspect --format '{{.Id}}' x\n",
        'FROM a\nRUN docker inspect -f "{{ .State.Health }}" x\n',
        "FROM a\nRUN echo '{{ name }}' > template.j2\n",
        'FROM a\nRUN x && \\\n  # {{ comment }}\n  echo "{{ y }}"\n',
        "FROM a\nRUN printf '{%s}\\n' x\n",
        "FROM a\nRUN curl -w '%{http_code}' x\n",
        "FROM a\nRUN cat <<EOF > t.j2\n{{ name }}\n{% if x %}\nEOF\nRUN y\n",
        'FROM a\nENV FORMAT="{{.Name}}"\n',
        "FROM a\nRUN echo ${x} {{}} {{ }}\n",
        'FROM a\nCMD ["x", "{{ y }}"]\n',
    ],
)
def test_no_template_tags(text: str) -> None:
    assert template_syntax(Source("Dockerfile", text), dockerfile=True) is None


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("services:\n  web:\n    image: {{ image }}\n", True),
        ("services:\n{% for x in y %}\n  web: {}\n{% endfor %}\n", True),
        ("services:\n  web:\n    image: '{{ cookiecutter.x }}'\n", True),
        ("services:\n  web:\n    labels: ['x=Host(`{{ .Name }}`)']\n", False),
        ('services:\n  web:\n    logging: {options: {tag: "{{.Name}}"}}\n', False),
        ("services:\n  web: {environment: {A: b}}\n", False),
    ],
)
def test_template_tags_in_compose_files(text: str, *, template: bool) -> None:
    found = template_syntax(Source("compose.yml", text), dockerfile=False)
    assert (found is not None) is template
