"""The typed model: facts, places, chains and what is unknown."""

from dockerlint_py.facts import Known, Unknown
from tests.compose.projects import file_set

WEB = "services:\n  web:\n    image: app\n"


def test_parts_of_a_port_have_their_own_places() -> None:
    service = file_set({"compose.yml": f'{WEB}    ports: ["127.0.0.1:8000:80/udp"]\n'}).services[
        "web"
    ]
    (port,) = service.ports
    assert port.target.places[0].text == "80"
    assert isinstance(port.published, Known)
    assert port.published.value == "8000"
    assert port.published.places[0].text == "8000"
    assert port.host_ip.places[0].text == "127.0.0.1"


def test_only_the_part_built_on_an_unset_variable_is_unknown() -> None:
    service = file_set({"compose.yml": f'{WEB}    ports: ["${{PORT:-8000}}:80"]\n'}).services["web"]
    (port,) = service.ports
    assert isinstance(port.published, Unknown)
    assert port.published.maybe == "8000"
    assert "PORT" in port.published.why
    assert isinstance(port.target, Known)
    assert port.target.value == 80


def test_a_whole_short_syntax_in_a_default_is_unknown_but_read() -> None:
    text = f"{WEB}    volumes: ['${{CODE:-./src:/app/src}}']\n"
    (mount,) = file_set({"compose.yml": text}).services["web"].mounts
    assert isinstance(mount.source, Unknown)
    assert (mount.source.maybe, mount.target) == (
        "src",
        Unknown(mount.source.why, "/app/src", mount.target.places),
    )


def test_a_variable_of_the_env_file_of_the_project_is_known() -> None:
    files = {"compose.yml": "services:\n  web:\n    image: 'app:${TAG}'\n", ".env": "TAG=1\n"}
    service = file_set(files).services["web"]
    assert isinstance(service.image, Known)
    assert service.image.value == "app:1"


def test_values_carry_the_chain_they_came_through() -> None:
    files = {
        "compose.yml": (
            "x-a: &a\n  restart: always\nservices:\n  base: {image: x, <<: *a}\n"
            "  web: {extends: base, image: y}\n"
        )
    }
    value = file_set(files).services["web"].get("restart")
    assert value is not None
    assert [step.kind for step in value.chain] == ["merge", "extends"]
    assert value.place.line == 2
    image = file_set(files).services["web"].get("image")
    assert image is not None
    assert [step.kind for step in image.chain] == ["override"]
    assert image.chain[0].place.text == "x"


def test_the_command_tells_where_compose_cuts_it() -> None:
    text = f"{WEB}    command: python manage.py migrate && gunicorn app\n"
    command = file_set({"compose.yml": text}).services["web"].command
    assert isinstance(command.argv, Known)
    assert command.argv.value == ("python", "manage.py", "migrate")
    assert command.cut is not None
    assert command.cut.text == "&"
    assert [word.place.text for word in command.words] == ["python", "manage.py", "migrate"]


def test_environment_layers_answer_with_the_topmost() -> None:
    files = {
        "compose.yml": f"{WEB}    env_file: [a.env, gone.env]\n    environment: {{B: two, C: }}\n",
        "a.env": "A=1\nB=1\n",
    }
    environment = file_set(files).services["web"].environment
    assert isinstance(environment.get("A"), Unknown)  # gone.env may set it
    known = environment.get("B")
    assert isinstance(known, Known)
    assert known.value == "two"
    assert isinstance(environment.get("C"), Unknown)


def test_a_missing_base_makes_absent_keys_unknown() -> None:
    files = {"compose.yml": "services:\n  web:\n    extends: {service: x, file: ../up.yml}\n"}
    made = file_set(files)
    assert not made.problems
    assert isinstance(made.services["web"].image, Unknown)


def test_a_build_is_found_from_the_root() -> None:
    files = {
        "deploy/compose.yml": "services:\n  web:\n    build: {context: .., target: prod}\n",
    }
    build = file_set(files).services["web"].build
    assert build is not None
    assert isinstance(build.context, Known)
    assert build.context.value == "."
    assert isinstance(build.dockerfile, Known)
    assert build.dockerfile.value == "Dockerfile"
    assert isinstance(build.target, Known)


def test_a_remote_build_is_unknown() -> None:
    files = {"compose.yml": "services:\n  web:\n    build: https://example.org/x.git\n"}
    build = file_set(files).services["web"].build
    assert build is not None
    assert isinstance(build.context, Unknown)
    assert isinstance(build.dockerfile, Unknown)


def test_a_template_is_a_gap_and_no_problem() -> None:
    made = file_set({"compose.yml": "services:\n{% if x %}\n  web: {image: x}\n{% endif %}\n"})
    assert not made.problems
    assert "template" in made.gaps[0].why


def test_placeholders_of_a_template_are_unknown() -> None:
    text = "services:\n  web:\n    image: {{ name }}\n    user: 'u{{ name }}'\n"
    made = file_set({"compose.yml": text, ".env": "{{ name }}=1\n"})
    assert not made.problems
    assert isinstance(made.services["web"].image, Unknown)
    assert isinstance(made.services["web"].text("user"), Unknown)


def test_an_override_that_does_not_clear_is_remembered() -> None:
    files = {
        "a.yml": f"{WEB}    ports: ['80:80']\n    user: root\n",
        "b.yml": "services:\n  web:\n    ports: []\n    user: null\n",
    }
    made = file_set(files, "a.yml", "b.yml")
    assert [one.path for one in made.ineffective] == [
        ("services", "web", "ports"),
        ("services", "web", "user"),
    ]
    assert len(made.services["web"].ports) == 1


def test_a_part_that_an_unset_variable_may_fill_is_unknown() -> None:
    service = file_set({"compose.yml": f'{WEB}    ports: ["${{PORT}}:80", "81"]\n'}).services["web"]
    first, second = service.ports
    assert isinstance(first.published, Unknown)
    assert isinstance(second.published, Known)
    assert second.published.value is None
