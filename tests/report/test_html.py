"""The page shows everything, links to what is there, and takes audited files for text only."""

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies

from dockerlint_py.engine.run import Outcome
from dockerlint_py.report import html
from dockerlint_py.report.checklist import checklists_of
from dockerlint_py.report.html_checklist import NOT_ALL_RULES
from dockerlint_py.report.html_finding import MAX_LINES, MAX_WIDTH, finding_card
from dockerlint_py.report.html_layout import Box, Item, Layout, in_columns, in_rows
from dockerlint_py.report.html_markup import tag
from dockerlint_py.report.html_style import STYLE
from dockerlint_py.report.options import ReportOptions
from dockerlint_py.testing import project
from dockerlint_py.text import Source, clean

TAGS = set(
    "html head meta title style body header main footer section article h1 h2 h3 h4 p ul li strong "
    "span a code figure figcaption pre mark details summary div table tr th td svg g path rect text"
    .split()
)  # fmt: skip
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href rel scope viewbox width height role "
    "aria-label d x y rx".split()
)
SITE = {
    "Dockerfile": (
        "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"
        'CMD ["gunicorn", "site.wsgi", "-b", "0.0.0.0:8000"]\n'
    ),
    "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
    "site/__init__.py": "",
    "site/wsgi.py": (
        "import os\nfrom django.core.wsgi import get_wsgi_application\n"
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n'
        "application = get_wsgi_application()\n"
    ),
    "site/settings.py": "DEBUG = False\n",
}


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]


def page(outcome: Outcome) -> Page:
    return Page(html.render(outcome, ReportOptions(show_suppressed=True)))


def test_it_has_only_elements_of_ours(outcome: Outcome, hostile: Outcome) -> None:
    for each in (outcome, hostile):
        found = page(each)
        assert set(found.tags) <= TAGS
        assert {name for name, _ in found.attributes} <= ATTRIBUTES
        for address in found.values("href"):
            assert address.startswith(("#", "https://github.com/dockerlint-py/dockerlint-py"))


def test_hostile_text_is_shown(hostile: Outcome) -> None:
    found = page(hostile)
    assert found.tags.count("article") == len(hostile.problems)
    for problem in hostile.problems:
        assert clean(problem.finding.message).replace("`", "") in found.text.replace("`", "")


def test_links_lead_to_something_on_the_page(outcome: Outcome) -> None:
    found = page(outcome)
    anchors = found.values("id")
    assert len(set(anchors)) == len(anchors)
    inner = {address[1:] for address in found.values("href") if address.startswith("#")}
    assert inner
    assert inner <= set(anchors)


def test_a_finding_is_in_full_once_and_linked_from_its_other_containers(outcome: Outcome) -> None:
    text = html.render(outcome, ReportOptions(show_suppressed=True))
    assert text.count("<article") == len(outcome.problems)
    others = sum(len(problem.containers) - 1 for problem in outcome.problems if problem.containers)
    assert others == text.count(">see ")
    assert html.render(outcome).count("<article") == len(outcome.open_problems)


def test_the_policy_allows_its_own_style_and_nothing_else(outcome: Outcome) -> None:
    text = html.render(outcome)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = [value for value in page(outcome).values("content") if "default-src" in value]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_every_container_is_a_box(outcome: Outcome) -> None:
    text = html.render(outcome)
    assert text.count("<rect") == len(outcome.repository.containers) == 3


def test_a_crowd_is_not_drawn() -> None:
    services = ", ".join(f"s{n}: {{image: a}}" for n in range(html.MAX_BOXES + 1))
    outcome = project({"compose.yml": f"services: {{{services}}}\n"}).check("IMG001").outcome
    text = html.render(outcome)
    assert "<svg" not in text
    assert text.count("<section") == html.MAX_BOXES + 1


def test_text_of_a_project_cannot_become_html() -> None:
    assert tag("b", "<i>", tag("i", '"&'), title='">') == (
        '<b title="&quot;&gt;">&lt;i&gt;<i>&quot;&amp;</i></b>'
    )


def test_a_secret_is_masked_where_it_is_no_excerpt() -> None:
    files = {
        "compose.yml": "services: {web: {image: a, environment: {SECRET_KEY: 4ecr3t-4ecr3t}}}\n"
    }
    assert "4ecr3t" not in html.render(project(files).check("IMG001").outcome)


def excerpt(outcome: Outcome, text: str, start: int, end: int) -> str:
    problem = outcome.open_problems[0]
    at = Source("f", text).place(start, end)
    finding = problem.finding._replace(at=at, because=())
    card = finding_card(problem._replace(finding=finding), outcome, "f1")
    return card.partition("<pre>")[2].partition("</pre>")[0]


def test_an_excerpt_shows_the_lines_of_the_span(outcome: Outcome) -> None:
    marked = re.findall("<mark>(.*?)</mark>", excerpt(outcome, "a\nRUN b \\\n  c\nd\n", 4, 13))
    assert marked == ["N b \\", "  c"]
    assert len(re.findall("<mark>", excerpt(outcome, "a\nb\n", 0, 2))) == 1


def test_a_long_excerpt_is_cut(outcome: Outcome) -> None:
    rows = excerpt(outcome, "x\n" * 100, 0, 200).split("\n")
    assert len(rows) == MAX_LINES + 1
    wide = excerpt(outcome, "a" * 5000 + "NEEDLE" + "b" * 5000, 5000, 5006)
    assert "<mark>NEEDLE</mark>" in wide
    assert len(re.sub("<[^>]*>", "", wide)) < MAX_WIDTH + 20


def overlap(one: Box, two: Box) -> bool:
    beside = one.x + one.width <= two.x or two.x + two.width <= one.x
    return not beside and not (one.y + one.height <= two.y or two.y + two.height <= one.y)


def assert_is_sound(layout: Layout, items: list[Item]) -> None:
    assert set(layout.boxes) == {item.key for item in items}
    boxes = list(layout.boxes.values())
    assert not any(overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])
    for box in boxes:
        assert 0 <= box.x <= box.x + box.width <= layout.width
        assert 0 <= box.y <= box.y + box.height <= layout.height


@given(
    strategies.lists(
        strategies.tuples(strategies.integers(1, 6), strategies.sets(strategies.integers(0, 9)))
    )
)
def test_boxes_do_not_overlap(drawn: list[tuple[int, set[int]]]) -> None:
    items = [
        Item(str(n), lines, tuple(str(need) for need in sorted(needs)))
        for n, (lines, needs) in enumerate(drawn)
    ]
    assert_is_sound(in_columns(items), items)
    assert_is_sound(in_rows(items), items)


@pytest.mark.parametrize(
    ("needs", "arrows"),
    [
        ({"web": ["db"], "db": []}, ["web>db"]),
        ({"web": ["api", "db"], "api": ["db"], "db": []}, ["web>api", "api>db"]),
        ({"web": ["nowhere"]}, []),
        ({"a": ["b"], "b": ["a"]}, ["a>b", "b>a"]),
        ({"a": ["b", "c"], "b": ["c", "a"], "c": []}, ["a>b", "a>c", "b>c", "b>a"]),
    ],
)
def test_arrows_lead_to_the_right_and_say_nothing_twice(
    needs: dict[str, list[str]], arrows: list[str]
) -> None:
    layout = in_columns([Item(key, 1, tuple(below)) for key, below in needs.items()])
    assert [f"{arrow.source}>{arrow.target}" for arrow in layout.arrows] == arrows
    if "b" not in needs:  # the others go in circles
        for arrow in layout.arrows:
            assert layout.boxes[arrow.source].x < layout.boxes[arrow.target].x


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = color if len(color) == 6 else "".join(2 * digit for digit in color)
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("number", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "quiet", "link", "error", "warning", "info", "done"])
def test_text_stands_out_from_what_is_behind_it(name: str, number: int) -> None:
    colors = {
        key: re.findall(rf"--{key}: #(\w+);", STYLE)[number] for key in (name, "page", "panel")
    }
    for behind in ("page", "panel"):
        one, two = sorted((luminance(colors[name]), luminance(colors[behind])), reverse=True)
        assert (one + 0.05) / (two + 0.05) >= 4.5


def checklist_of(outcome: Outcome) -> str:
    text = html.render(outcome)
    map_, found, rest = text.partition("<h2>Checklist</h2>")
    assert found
    assert "<h2>Map</h2>" in map_
    return rest.partition("<h2>Findings by container</h2>")[0]


def test_the_checklist_has_every_step_with_its_state_and_evidence() -> None:
    outcome = project(SITE).check().outcome
    (found,) = (each for each in checklists_of(outcome) if each.steps)
    shown = checklist_of(outcome)
    items = shown.partition('<ul class="steps">')[2].split("<li>")[1:]
    assert len(items) == len(found.steps)
    for step, item in zip(found.steps, items, strict=True):
        assert f">{step.verdict.state}</span> <strong>{escape(step.item.title)}<" in item
        for place in step.verdict.places:
            assert f"<code>{place.path}:{place.line}</code>" in item
    assert NOT_ALL_RULES.partition(";")[0] not in shown


def test_a_step_whose_rules_did_not_run_is_unknown() -> None:
    shown = checklist_of(project(SITE).check("IMG001").outcome)
    assert NOT_ALL_RULES.partition(";")[0] in shown
    assert "DEP011, DEP019 did not run" in shown
    assert ">done<" not in shown
    assert " done" not in shown.partition("<summary>")[2].partition("</summary>")[0]


def test_a_container_without_a_list_says_why(outcome: Outcome) -> None:
    assert "3 containers without a list" in checklist_of(outcome)
    assert "is not known" in checklist_of(outcome)


def test_hostile_text_in_a_checklist_is_text() -> None:
    evil = "<script>&quot;x</script>"
    files = {f"{evil}/{path}": text for path, text in SITE.items()}
    shown = checklist_of(project(files).check().outcome)
    assert "&lt;script&gt;&amp;quot;x" in shown
    assert "<script" not in shown
