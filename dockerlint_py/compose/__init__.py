"""Compose files, loaded as Docker Compose 2.40.3 loads them.

`plan_file_sets` finds the sets of files, `load_file_set` loads one into the model (`FileSet`,
`Service` and its parts), `load` gives the canonical tree alone.
"""

from dockerlint_py.compose.command import Command
from dockerlint_py.compose.command_lines import CommandWord
from dockerlint_py.compose.env_files import EnvFileLayer
from dockerlint_py.compose.filesets import Plan, Requests, Usage, load_file_set, plan_file_sets
from dockerlint_py.compose.loader import Gap, Loaded, load
from dockerlint_py.compose.merge import Ineffective
from dockerlint_py.compose.model import FileSet, Service
from dockerlint_py.compose.names import has_services, is_compose_name
from dockerlint_py.compose.parts import Build, Dependency, HealthCheck, Mount, Port
from dockerlint_py.compose.problems import Problem
from dockerlint_py.compose.project import Options
from dockerlint_py.compose.reader import ReadFile
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Step, Value, Variable

__all__ = [
    "Build",
    "Command",
    "CommandWord",
    "Dependency",
    "EnvFileLayer",
    "FileSet",
    "Gap",
    "HealthCheck",
    "Ineffective",
    "Loaded",
    "Mapping",
    "Mount",
    "Options",
    "Plan",
    "Port",
    "Problem",
    "ReadFile",
    "Requests",
    "Scalar",
    "Sequence",
    "Service",
    "Step",
    "Usage",
    "Value",
    "Variable",
    "has_services",
    "is_compose_name",
    "load",
    "load_file_set",
    "plan_file_sets",
]
