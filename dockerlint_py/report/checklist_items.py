"""The deployment lists for Django, FastAPI and Flask: their items, and the rules that judge them.

The lists are those of the article "Dockerize Python" of the darklab project, section "Frameworks",
as of 2026-11; what it says of the first list holds for all ("the steps are mostly Django's").
"""

from dockerlint_py.record import NamedTuple

DJANGO, FASTAPI, FLASK = FRAMEWORKS = ("Django", "FastAPI", "Flask")


class Item(NamedTuple):
    """An item, the rules that tell what is wrong with it, the frameworks whose lists have it.

    `is_shared` tells that the containers beside an application have a part in it: jobs that
    migrate, an nginx that serves its files.
    """

    key: str
    title: str
    rules: tuple[str, ...]
    frameworks: tuple[str, ...] = FRAMEWORKS
    is_shared: bool = False


ITEMS = (
    Item(
        "server",
        "A server for production, of the application's interface",
        ("SRV001", "SRV002", "SRV003", "SRV004"),
    ),
    Item("workers", "More than one worker process", ("SRV007", "SRV008"), (FASTAPI,)),
    Item("python", "Python of the right version", ("DEP011", "DEP019", "IMG001")),
    Item("pip", "pip that may install", ("DEP012",)),
    Item("installer", "The package manager", ("DEP013", "DEP017")),
    Item("dependencies", "The dependencies", ("DEP001", "DEP002", "DEP015", "DEP020")),
    Item(
        "debug",
        "Debugging switched off",
        ("CFG001", "CFG002", "CFG011", "SRV006"),
        (DJANGO, FLASK),
    ),
    Item(
        "secret",
        "The secret key from the environment",
        ("CFG003", "CFG004", "CFG005", "CFG010"),
        (DJANGO, FLASK),
    ),
    Item(
        "environment",
        "Settings from the environment",
        ("CFG007", "CFG008", "CFG009", "CFG010", "NET004"),
    ),
    Item(
        "cors",
        "CORS headers",
        ("CRS001", "CRS002", "CRS003", "CRS005", "CRS006"),
        is_shared=True,
    ),
    Item(
        "static",
        "Static files collected and served",
        ("STC001", "STC002", "STC003", "STC004", "STC005", "STC010"),
        (DJANGO, FLASK),
        is_shared=True,
    ),
    Item(
        "translations",
        "Translations compiled, with gettext",
        ("STC008", "STC009"),
        (DJANGO, FLASK),
        is_shared=True,
    ),
    Item("compilers", "Build tools for libraries in C", ("DEP006", "DEP008")),
    Item(
        "migrations",
        "Migrations applied to the database",
        ("MIG001", "MIG002", "MIG003"),
        is_shared=True,
    ),
)
