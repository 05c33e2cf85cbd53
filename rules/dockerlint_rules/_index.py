"""The rules of this pack. Generated: run `python -m dockerlint_py.dev docs`."""

# fmt: off
from dockerlint_py.engine.rule import RuleInfo, Security
from dockerlint_py.model.finding import Severity

INFO, WARNING, ERROR = Severity

RULES = (
    RuleInfo('IMG005', 'container-runs-as-root', 'Container', (WARNING,), "The container's process runs as root.", 'dockerlint_rules.base_image.img005_container_runs_as_root', role='prod', tags=('base-image', 'dockerfile', 'security'), equivalents=('DL3002',), security=Security(250, 5.3)),  # noqa: E501
    RuleInfo('PYR002', 'python-unbuffered-missing', 'Container', (WARNING,), "Python's output stays in a buffer because PYTHONUNBUFFERED is not set.", 'dockerlint_rules.python_runtime.pyr002_python_unbuffered_missing', role='prod', tags=('python-runtime', 'dockerfile', 'hygiene')),  # noqa: E501
)
