"""For the tests of rule packs: projects in memory, and fixture folders that say what to expect.

from dockerlint_py.testing import project

def test_root_is_reported() -> None:
    found = project({"Dockerfile": "FROM python:3.13-slim\\nCMD [\\"python\\", \\"a.py\\"]\\n"})
    assert found.check("IMG005").lines == {("Dockerfile", 1, "IMG005")}
"""

from dockerlint_py.testing.case import Case, find_cases
from dockerlint_py.testing.project import TODAY, Checked, Project, project

__all__ = ["TODAY", "Case", "Checked", "Project", "find_cases", "project"]
