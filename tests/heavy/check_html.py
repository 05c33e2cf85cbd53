"""The HTML report in a real browser: styled, quiet, narrow enough for a phone, inert.

    python tests/heavy/check_html.py CHROMIUM [SCREENSHOTS]

Needs `playwright` and a Chromium of the system. With a folder, screenshots are left in it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
HOSTILE = """<script>document.title='run'</script><img src=x onerror="document.title='run'">\
</pre></style><a href="javascript:alert(1)">x</a><base href="//e.x"><!-- ' \" &lt; \x1b[31m"""
ACTIVE = "script, img, iframe, object, embed, base, form, link, [onerror], [href^=javascript]"
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def hostile_project(folder: Path) -> Path:
    """A project that tries to be more than text on the page."""
    project = folder / "hostile"
    place = project / HOSTILE.replace("/", "_")[:200]
    place.mkdir(parents=True)
    (place / "Dockerfile").write_text(
        f'FROM python:2.7\n# {HOSTILE}\nENV API_TOKEN="{HOSTILE}"\nEXPOSE 70000 {HOSTILE}\n'
        f"COPY {HOSTILE} .\nCMD gunicorn {HOSTILE}\n"
    )
    in_yaml = HOSTILE.replace("\x1b", "")
    (project / "compose.prod.yml").write_text(
        "services:\n  web:\n    image: 'postgres:9'\n    ports: ['5432:5432']\n"
        f"    command: |\n      {in_yaml}\n    user: {'x' * 400}\n"
        f"    environment:\n      LONG: {'y' * 4000}\n      A: |\n        {in_yaml}\n"
    )
    return project


def make_report(project: Path, page: Path) -> None:
    """Audits a project into a page."""
    command = [sys.executable, "-m", "dockerlint_py", "check", "--isolated", "--fail-on", "never"]
    options = ["--show-suppressed", "--format", "concise", "--output", f"html={page}"]
    subprocess.run([*command, *options, str(project)], check=True, stdout=subprocess.DEVNULL)


def complaints(browser: Browser, path: Path, pictures: Path | None) -> Iterator[str]:
    """What is wrong with a page, at both widths, in both schemes, and on paper."""
    for scheme in ("light", "dark"):
        for name, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            said = _listen(page)
            page.goto(path.as_uri())
            for summary in page.locator("summary").all():
                summary.click()
            for each in (*said, *_wrong(page, scheme)):
                if each != f"asks for {path.as_uri()}":
                    yield f"{name}, {scheme}: {each}"
            if pictures is not None:
                picture = pictures / f"{path.stem}-{name}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
            if not page.pdf().startswith(b"%PDF"):
                yield "cannot be printed"
            page.close()


def _listen(page: Page) -> list[str]:
    """What the page says from now on: messages, such as broken policies, and requests."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("request", lambda request: said.append(f"asks for {request.url}"))
    return said


def _wrong(page: Page, scheme: str) -> Iterator[str]:
    if page.locator(ACTIVE).count():
        yield "holds active content"
    if not page.title().startswith("dockerlint-py: "):
        yield f"is called {page.title()!r}"
    if page.evaluate(WIDER_THAN_THE_SCREEN):
        yield "is wider than the screen"
    expected = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]
    if page.evaluate(BACKGROUND) != expected:
        yield "has no style"
    if not page.locator("svg rect.box").count() or not page.locator("article.finding mark").count():
        yield "lacks the map or the findings"
    headings = page.locator("h2").all_inner_texts()
    if headings[:3] != ["Map", "Checklist", "Findings by container"]:
        yield f"has the sections {headings}"


def main() -> None:
    """Checks the page of the example and that of a hostile project."""
    chromium = sys.argv[1]
    pictures = Path(sys.argv[2]) if sys.argv[2:] else None
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        projects = {"example": ROOT / "examples" / "shop", "hostile": hostile_project(work)}
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = []
        for title, project in projects.items():
            page = work / f"{title}.html"
            make_report(project, page)
            found += [f"{title}: {each}" for each in complaints(browser, page, pictures)]
        browser.close()
    sys.stdout.write("\n".join(found) or "the HTML report is as it should be")
    sys.stdout.write("\n")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
