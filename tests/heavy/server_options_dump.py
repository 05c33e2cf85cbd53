"""Prints the options of the servers installed beside it, as JSON (run by check_servers.py).

For each program: options that take a value, options that may take one, and plain switches.
"""

import argparse
import json
import sys
from contextlib import suppress
from importlib.metadata import version
from typing import Any

DISTS = (
    *("gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress", "fastapi-cli"),
    *("flask", "django", "celery", "flower", "rq"),
)


def of_argparse(parser: argparse.ArgumentParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"values": [], "optional": [], "switches": []}
    for action in parser._actions:
        kind = "switches" if action.nargs == 0 else "optional" if action.nargs == "?" else "values"
        found[kind].extend(action.option_strings)
    return found


def of_click(command: Any) -> dict[str, list[str]]:
    import click

    found: dict[str, list[str]] = {"values": [], "optional": [], "switches": []}
    for parameter in command.get_params(click.Context(command)):
        if parameter.param_type_name != "option":
            continue
        takes = not (parameter.is_flag or parameter.count)
        kind = "values" if takes else "switches"
        found[kind].extend([*parameter.opts, *parameter.secondary_opts])
    return found


def gunicorn() -> dict[str, list[str]]:
    from gunicorn.config import Config

    return of_argparse(Config().parser())


def daphne() -> dict[str, list[str]]:
    from daphne.cli import CommandLineInterface

    return of_argparse(CommandLineInterface().parser)


def hypercorn() -> dict[str, list[str]]:
    """Hypercorn builds its parser inside `main`: take it when it is about to be used."""
    from unittest.mock import patch

    from hypercorn.__main__ import main

    taken: list[argparse.ArgumentParser] = []

    def take(parser: argparse.ArgumentParser, *_: Any) -> None:
        taken.append(parser)
        raise SystemExit

    with patch.object(argparse.ArgumentParser, "parse_args", take), suppress(SystemExit):
        main([])
    return of_argparse(taken[0])


def runserver() -> dict[str, list[str]]:
    from django.conf import settings
    from django.contrib.staticfiles.management.commands.runserver import Command

    settings.configure(INSTALLED_APPS=["django.contrib.staticfiles"])
    return of_argparse(Command().create_parser("manage.py", "runserver"))


def waitress() -> dict[str, list[str]]:
    from waitress.adjustments import Adjustments

    found: dict[str, list[str]] = {"values": [], "optional": [], "switches": []}
    for name, cast in Adjustments._params:
        option = name.replace("_", "-")
        if name == "listen" or cast.__name__ != "asbool":
            found["values"].append(f"--{option}")
        else:
            found["switches"].extend((f"--{option}", f"--no-{option}"))
    found["switches"].extend(("--help", "--call"))
    found["values"].append("--app")
    return found


def celery_flower() -> dict[str, list[str]]:
    """Tornado takes values after an equals sign only, never from the next word."""
    import flower.options  # noqa: F401
    from tornado.options import options

    names = [name for name in options if name != "help"]
    spelled = {f"--{name}" for name in names} | {f"--{name.replace('_', '-')}" for name in names}
    return {"values": [], "optional": [], "switches": sorted(spelled)}


def typer_subcommand(app: Any, name: str) -> Any:
    import typer.main

    return typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]


def main() -> None:
    """Writes the report to standard output."""
    import flask.cli
    import granian.cli
    import rq.cli
    from celery.bin.celery import celery
    from fastapi_cli.cli import app as fastapi
    from uvicorn.main import main as uvicorn

    options = {
        "gunicorn": gunicorn(),
        "uvicorn": of_click(uvicorn),
        "hypercorn": hypercorn(),
        "daphne": daphne(),
        "granian": of_click(granian.cli.cli),
        "waitress-serve": waitress(),
        "fastapi run": of_click(typer_subcommand(fastapi, "run")),
        "fastapi dev": of_click(typer_subcommand(fastapi, "dev")),
        "flask": of_click(flask.cli.cli),
        "flask run": of_click(flask.cli.run_command),
        "manage.py runserver": runserver(),
        "celery": of_click(celery),
        "celery worker": of_click(celery.commands["worker"]),
        "celery beat": of_click(celery.commands["beat"]),
        "celery flower": celery_flower(),
        "rq worker": of_click(rq.cli.worker),
    }
    versions = {dist: version(dist) for dist in DISTS}
    report = {"versions": versions, "options": options, "listens": listens()}
    json.dump(report, sys.stdout)


def listens() -> dict[str, list[str | int]]:
    """Where programs listen by default: host and port."""
    import daphne.cli
    import flask.cli
    import granian.cli
    import hypercorn.config
    import uvicorn
    import waitress.adjustments
    from django.core.management.commands.runserver import Command as Runserver
    from fastapi_cli.cli import app as fastapi
    from gunicorn.config import Config

    gunicorn_host, gunicorn_port = Config().bind[0].split(":")
    hypercorn_host, hypercorn_port = hypercorn.config.Config().bind[0].split(":")
    of_uvicorn = uvicorn.Config("module:app")
    of_waitress = waitress.adjustments.Adjustments
    return {
        "gunicorn": [gunicorn_host, int(gunicorn_port)],
        "hypercorn": [hypercorn_host, int(hypercorn_port)],
        "uvicorn": [of_uvicorn.host, of_uvicorn.port],
        "daphne": [daphne.cli.DEFAULT_HOST, daphne.cli.DEFAULT_PORT],
        "waitress-serve": [of_waitress.host, of_waitress.port],
        "manage.py runserver": [Runserver.default_addr, int(Runserver.default_port)],
        "granian": click_defaults(granian.cli.cli),
        "flask run": click_defaults(flask.cli.run_command),
        "fastapi run": click_defaults(typer_subcommand(fastapi, "run")),
        "fastapi dev": click_defaults(typer_subcommand(fastapi, "dev")),
    }


def click_defaults(command: Any) -> list[str | int]:
    defaults = {parameter.name: parameter.default for parameter in command.params}
    return [defaults["host"], int(defaults["port"])]


if __name__ == "__main__":
    main()
