"""What a Compose service lays over the configuration of its image."""

from dockerlint_py.compose import Command, Service
from dockerlint_py.facts import Blur, EnvLayer, Fact, Known, Layers, Unknown
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.text import LogicalText, Piece, Place

LAYER = "Compose"


def over_image(image: Situation, service: Service, owner: str, blur: Blur) -> Situation:
    """The configuration of a service's container; `owner` names it to the blur."""
    return image._replace(
        env=image.env.over_all(_environment(service, owner, blur)),
        user=_text(image.user, service, "user", owner, blur),
        workdir=_text(image.workdir, service, "working_dir", owner, blur),
        entrypoint=_entrypoint(image, service, owner, blur),
        command=_command(image, service, owner, blur),
        health_check=_health_check(image, service, owner, blur),
    )


def _environment(service: Service, owner: str, blur: Blur) -> tuple[EnvLayer, ...]:
    return tuple(
        EnvLayer(layer.kind, {}, Unknown(f"the {layer.kind} is hidden"))
        if blur.hides(owner, "environment", number)
        else layer
        for number, layer in enumerate(service.environment.layers)
    )


def _text(image: Layers[str], service: Service, key: str, owner: str, blur: Blur) -> Layers[str]:
    fact = service.text(key)
    if isinstance(fact, Unknown):
        unknown: Fact[str] = Unknown(fact.why, fact.maybe, fact.places)
        return image.over(LAYER, blur.fact(owner, key, 0, unknown))
    if fact.value is None:
        return image
    value = fact.value.partition(":")[0] if key == "user" else fact.value
    says = f"service {service.name} sets {key}: {fact.value}"
    known: Fact[str] = Known(value, fact.places, fact.confidence, says)
    return image.over(LAYER, blur.fact(owner, key, 0, known))


def _entrypoint(
    image: Situation, service: Service, owner: str, blur: Blur
) -> Layers[CommandLine | None]:
    fact = _line(service.entrypoint, f"the entrypoint of service {service.name}")
    if fact is None:
        return image.entrypoint
    return image.entrypoint.over(LAYER, blur.fact(owner, "entrypoint", 0, fact))


def _command(
    image: Situation, service: Service, owner: str, blur: Blur
) -> Layers[CommandLine | None]:
    layers = image.command
    entrypoint = service.entrypoint.argv
    if not (isinstance(entrypoint, Known) and entrypoint.value is None):
        says = f"the entrypoint of service {service.name} leaves out the CMD of the image"
        none: Fact[CommandLine | None] = Known(None, entrypoint.places, says=says)
        layers = layers.over(LAYER, blur.fact(owner, "command", 0, none))
    fact = _line(service.command, f"service {service.name}")
    return layers if fact is None else layers.over(LAYER, blur.fact(owner, "command", 1, fact))


def _line(command: Command, subject: str) -> Fact[CommandLine | None] | None:
    """The command line as a fact; None when the image decides."""
    argv = command.argv
    if isinstance(argv, Unknown):
        return Unknown(argv.why, None, argv.places)
    if argv.value is None:
        return None
    if not command.words:
        return Known(None, argv.places, says=f"{subject} has no command")
    words = tuple(_mapped(word.text, word.place) for word in command.words)
    line = CommandLine(_hull(command), words)
    return Known(line, (line.place,), argv.confidence, f"{subject} runs `{line.text}`")


def _mapped(text: str, place: Place) -> LogicalText:
    """A word mapped to where it is written, as a whole when quotes or variables change it."""
    width = place.span.end - place.span.start
    return LogicalText(place.source, text, (Piece(0, len(text), place.span.start, width),))


def _hull(command: Command) -> Place:
    """From the first word to the last one, when they stand in one file in this order."""
    first, last = command.words[0].place, command.words[-1].place
    if first.source is not last.source or last.span.end < first.span.start:
        return first
    return first.source.place(first.span.start, last.span.end)


def _health_check(
    image: Situation, service: Service, owner: str, blur: Blur
) -> Layers[CommandLine | None]:
    check = service.healthcheck
    if check is None and service.gap is not None:
        unseen: Fact[CommandLine | None] = Unknown(service.gap.why, None, (service.gap.place,))
        return image.health_check.over(LAYER, unseen)
    if check is None:
        return image.health_check
    fact: Fact[CommandLine | None]
    subject = f"service {service.name}"
    if isinstance(check.disabled, Known) and check.disabled.value:
        fact = Known(None, (check.place,), says=f"{subject} disables the health check")
    elif isinstance(check.test, Unknown):
        fact = Unknown(check.test.why, None, check.test.places)
    elif check.test.value is None:
        return image.health_check
    else:
        line = _test(check.test.value, (check.test.places or (check.place,))[0])
        says = f"{subject} checks `{line.text}`" if line else f"{subject} disables the health check"
        fact = Known(line, check.test.places, says=says)
    return image.health_check.over(LAYER, blur.fact(owner, "healthcheck", 0, fact))


def _test(words: tuple[str, ...], place: Place) -> CommandLine | None:
    kind, arguments = words[:1], words[1:]
    if kind == ("CMD-SHELL",) and arguments:
        return CommandLine(place, None, _mapped(arguments[0], place), ("/bin/sh", "-c"))
    if kind == ("CMD",) and arguments:
        return CommandLine(place, tuple(_mapped(word, place) for word in arguments))
    return None
