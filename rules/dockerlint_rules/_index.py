"""The rules of this pack. Generated: run `python -m dockerlint_py.dev docs`."""

# fmt: off
from dockerlint_py.engine.rule import RuleInfo, Security
from dockerlint_py.model.finding import Severity

INFO, WARNING, ERROR = Severity

RULES = (
    RuleInfo('CFG006', 'env-file-in-image', 'Build', (ERROR, WARNING,), 'A file with secrets is copied into the image.', 'dockerlint_rules.configuration.cfg006_env_file_in_image', tags=('configuration', 'dockerfile', 'security'), security=Security(538, 7.5)),  # noqa: E501
    RuleInfo('CTX001', 'dockerignore-missing', 'Build', (WARNING,), 'Folders of the project are copied into the image without a .dockerignore.', 'dockerlint_rules.build_context.ctx001_dockerignore_missing', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('CTX002', 'dockerignore-gitignore-syntax', 'Build', (WARNING,), 'A .dockerignore pattern is written as for git and matches at the root only.', 'dockerlint_rules.build_context.ctx002_dockerignore_gitignore_syntax', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('CTX003', 'junk-in-image', 'Build', (INFO, WARNING,), 'Files that the application does not need are copied into the image.', 'dockerlint_rules.build_context.ctx003_junk_in_image', tags=('build-context', 'dockerfile', 'hygiene'), yields_to=('CFG006', 'CTX001'), security=Security(538, 4.3)),  # noqa: E501
    RuleInfo('CTX005', 'dockerignore-excludes-needed', 'Build', (ERROR,), 'The .dockerignore keeps out a file that the build or the application needs.', 'dockerlint_rules.build_context.ctx005_dockerignore_excludes_needed', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('IMG005', 'container-runs-as-root', 'Container', (WARNING,), "The container's process runs as root.", 'dockerlint_rules.base_image.img005_container_runs_as_root', role='prod', tags=('base-image', 'dockerfile', 'security'), equivalents=('DL3002',), security=Security(250, 5.3)),  # noqa: E501
    RuleInfo('NET003', 'invalid-port-number', 'Stage', (ERROR, WARNING,), 'A port number is outside of 1 to 65535.', 'dockerlint_rules.network.net003_invalid_port_number', tags=('network', 'dockerfile', 'build'), equivalents=('DL3011',)),  # noqa: E501
    RuleInfo('PYR002', 'python-unbuffered-missing', 'Container', (WARNING,), "Python's output stays in a buffer because PYTHONUNBUFFERED is not set.", 'dockerlint_rules.python_runtime.pyr002_python_unbuffered_missing', role='prod', tags=('python-runtime', 'dockerfile', 'hygiene')),  # noqa: E501
    RuleInfo('PYR003', 'dont-write-bytecode', 'Container', (INFO,), 'Python writes bytecode files at run time, or is told two things about them.', 'dockerlint_rules.python_runtime.pyr003_dont_write_bytecode', role='prod', tags=('python-runtime', 'dockerfile', 'performance')),  # noqa: E501
    RuleInfo('STG003', 'host-venv-in-image', 'Build', (ERROR, WARNING,), 'A virtual environment of the host is copied into the image.', 'dockerlint_rules.stages.stg003_host_venv_in_image', tags=('stages', 'dockerfile', 'start-up')),  # noqa: E501
)
