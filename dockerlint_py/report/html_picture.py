"""The map as pictures: containers as boxes, with arrows to what each of them waits for."""

from collections.abc import Iterator, Mapping, Sequence

from dockerlint_py.engine.run import Problem
from dockerlint_py.record import NamedTuple
from dockerlint_py.report.html_layout import (
    LINE,
    PAD,
    Arrow,
    Box,
    Item,
    Layout,
    in_columns,
    in_rows,
)
from dockerlint_py.report.html_markup import Html, lines, tag
from dockerlint_py.report.map_model import ContainerMap, Section
from dockerlint_py.report.summary import plural

MAX_CHARACTERS = 29
"""Of a line in a box; the rest is in the table of the container."""
MAX_PORTS = 3


class Subject(NamedTuple):
    """A container to draw: where its box leads, and what was found about it."""

    container: ContainerMap
    anchor: str
    problems: Sequence[Problem]


def picture_of_services(label: str, subjects: Sequence[Subject]) -> Html:
    """The services of one set of Compose files, each to the left of what it waits for."""
    by_service = {each.container.service or each.container.id: each for each in subjects}
    items = [
        Item(key, len(_texts(subject)), tuple(_needs(subject.container)))
        for key, subject in by_service.items()
    ]
    return _picture(label, in_columns(items), by_service)


def picture_of_images(label: str, subjects: Sequence[Subject]) -> Html:
    """Containers that only Dockerfiles describe: nothing is known to join them."""
    by_id = {subject.container.id: subject for subject in subjects}
    return _picture(label, in_rows([Item(key, len(_texts(s))) for key, s in by_id.items()]), by_id)


def _picture(label: str, layout: Layout, subjects: Mapping[str, Subject]) -> Html:
    drawing = tag(
        "svg",
        lines(
            *(_arrow(arrow, layout) for arrow in layout.arrows),
            *(_box(box, subjects[key]) for key, box in layout.boxes.items()),
        ),
        viewBox=f"0 0 {layout.width} {layout.height}",
        width=layout.width,
        height=layout.height,
        role="img",
        aria_label=label,
    )
    return tag("div", drawing, class_="wide")


def _box(box: Box, subject: Subject) -> Html:
    title, *texts = _texts(subject)
    x = box.x + PAD
    rows = [tag("text", _cut(title), x=x, y=box.y + PAD + LINE - 4, class_="title")]
    for number, text in enumerate(texts, 2):
        rows.append(tag("text", _cut(text), x=x, y=box.y + PAD + number * LINE - 4))
    worst = max((problem.severity for problem in subject.problems), default=None)
    look = "box" if worst is None else f"box {worst.word}"
    frame = tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, class_=look)
    return tag("a", tag("title", subject.container.id), frame, *rows, href=f"#{subject.anchor}")


def _arrow(arrow: Arrow, layout: Layout) -> Html:
    """A curve, and its head as a triangle of its own: a marker needs an id that is unique."""
    source, target = layout.boxes[arrow.source], layout.boxes[arrow.target]
    x, y = source.x + source.width, source.y + source.height // 2
    end_x, end_y = target.x, target.y + target.height // 2
    curve = f"M{x} {y} C{x + 40} {y} {end_x - 48} {end_y} {end_x - 8} {end_y}"
    head = f"M{end_x - 9} {end_y - 4} L{end_x} {end_y} L{end_x - 9} {end_y + 4} z"
    return tag(
        "g",
        tag("title", f"{arrow.source} waits for {arrow.target}"),
        tag("path", d=curve, class_="arrow"),
        tag("path", d=head, class_="head"),
    )


def _texts(subject: Subject) -> list[str]:
    """The lines in the box of a container: name, image, command, ports, what was found."""
    container = subject.container
    sections = {section.name: section for section in container.sections}
    return [
        container.service or container.id,
        *_values(sections.get("image"), 1),
        *_values(sections.get("command"), 1),
        *_values(sections.get("ports"), MAX_PORTS),
        _counts(subject.problems),
    ]


def _values(section: Section | None, most: int) -> Iterator[str]:
    if section is None:
        return
    for entry in section.entries[:most]:
        text = entry.value.text if entry.value.text is not None else f"{section.name} unknown"
        yield f"{entry.name} {text}" if entry.name else text


def _counts(problems: Sequence[Problem]) -> str:
    words = [problem.severity.word for problem in problems]
    counts = [(words.count("error"), "error"), (words.count("warning"), "warning")]
    said = [plural(count, word) for count, word in counts if count]
    if "info" in words:
        said.append(f"{words.count('info')} info")
    return ", ".join(said) or "no findings"


def _needs(container: ContainerMap) -> Iterator[str]:
    for section in container.sections:
        if section.name == "waits for":
            yield from (entry.name for entry in section.entries if entry.name)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"
