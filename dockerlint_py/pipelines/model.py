"""What is kept of a pipeline, whoever runs it."""

from collections.abc import Mapping

from dockerlint_py.context.pipeline_files import PipelineKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Place, Source


class Setting(NamedTuple):
    """A text as YAML has it; `dynamic` when a part of it is filled in at run time."""

    value: str
    place: Place

    @property
    def dynamic(self) -> bool:
        """Whether it holds a variable or an expression."""
        return "$" in self.value


Settings = Mapping[str, Setting]


class Cache(NamedTuple):
    """Folders that are kept from run to run, under a key; `locked` names files that change it."""

    paths: tuple[Setting, ...]
    key: Setting | None
    locked: tuple[Setting, ...]
    place: Place


class Step(NamedTuple):
    """A step of a GitHub job: an action that it `uses` with `inputs`, or a script."""

    uses: Setting | None
    inputs: Settings
    run: LogicalText | None
    variables: Settings


class Job(NamedTuple):
    """One job; of GitLab, `scripts` are its commands, of GitHub those of its steps.

    `variables` are its own and those of the whole pipeline. `runner` are the labels of `runs-on`,
    or the tags of GitLab. `services` are the images that run beside it.
    """

    name: str
    place: Place
    scripts: tuple[LogicalText, ...]
    variables: Settings
    caches: tuple[Cache, ...]
    steps: tuple[Step, ...] = ()
    runner: tuple[Setting, ...] = ()
    services: tuple[Setting, ...] = ()


class Pipeline(NamedTuple):
    """A file. `is_open`: it takes in others, so that more may hold than what stands in it."""

    source: Source
    kind: PipelineKind
    jobs: tuple[Job, ...]
    is_open: bool
