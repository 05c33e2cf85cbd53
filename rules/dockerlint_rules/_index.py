"""The rules of this pack. Generated: run `python -m dockerlint_py.dev docs`."""

# fmt: off
from dockerlint_py.engine.rule import OptionInfo, RuleInfo, Security
from dockerlint_py.model.finding import Severity

INFO, WARNING, ERROR = Severity

RULES = (
    RuleInfo('CFG006', 'env-file-in-image', 'Build', (ERROR, WARNING,), 'A file with secrets is copied into the image.', 'dockerlint_rules.configuration.cfg006_env_file_in_image', tags=('configuration', 'dockerfile', 'security'), security=Security(538, 7.5)),  # noqa: E501
    RuleInfo('CFG010', 'secret-in-build-arg-or-env', 'Stage', (WARNING,), 'A secret is written into the image by ENV, by a build argument, or by a command.', 'dockerlint_rules.configuration.cfg010_secret_in_build_arg_or_env', tags=('configuration', 'dockerfile', 'security'), equivalents=('DL3064', 'SecretsUsedInArgOrEnv'), security=Security(526, 7.5)),  # noqa: E501
    RuleInfo('CTX001', 'dockerignore-missing', 'Build', (WARNING,), 'Folders of the project are copied into the image without a .dockerignore.', 'dockerlint_rules.build_context.ctx001_dockerignore_missing', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('CTX002', 'dockerignore-gitignore-syntax', 'Build', (WARNING,), 'A .dockerignore pattern is written as for git and matches at the root only.', 'dockerlint_rules.build_context.ctx002_dockerignore_gitignore_syntax', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('CTX003', 'junk-in-image', 'Build', (INFO, WARNING,), 'Files that the application does not need are copied into the image.', 'dockerlint_rules.build_context.ctx003_junk_in_image', tags=('build-context', 'dockerfile', 'hygiene'), yields_to=('CFG006', 'CTX001'), security=Security(538, 4.3)),  # noqa: E501
    RuleInfo('CTX005', 'dockerignore-excludes-needed', 'Build', (ERROR,), 'The .dockerignore keeps out a file that the build or the application needs.', 'dockerlint_rules.build_context.ctx005_dockerignore_excludes_needed', tags=('build-context', 'dockerfile', 'build')),  # noqa: E501
    RuleInfo('IMG001', 'eol-python', 'Stage', (WARNING, ERROR, INFO,), 'The language or service in the base image is past its end of life.', 'dockerlint_rules.base_image.img001_eol_python', tags=('base-image', 'dockerfile', 'security'), options=(OptionInfo(name='months-ahead', type='integer', default=6, help='how many months before the end of life a first remark is made'),), security=Security(1104, 5.3)),  # noqa: E501
    RuleInfo('IMG002', 'eol-distro', 'Stage', (ERROR, WARNING,), 'The distribution in the base image is past its end of life, or the tag is not rebuilt.', 'dockerlint_rules.base_image.img002_eol_distro', tags=('base-image', 'dockerfile', 'build'), security=Security(1104, 5.3)),  # noqa: E501
    RuleInfo('IMG003', 'unpinned-base-image', 'Stage', (INFO,), "The base image's tag leaves open which release it is.", 'dockerlint_rules.base_image.img003_unpinned_base_image', tags=('base-image', 'dockerfile', 'build'), equivalents=('DL3006', 'DL3007')),  # noqa: E501
    RuleInfo('IMG004', 'deprecated-base-image', 'Stage', (WARNING,), 'The base image was given up by its makers.', 'dockerlint_rules.base_image.img004_deprecated_base_image', tags=('base-image', 'dockerfile', 'hygiene')),  # noqa: E501
    RuleInfo('IMG005', 'container-runs-as-root', 'Container', (WARNING,), "The container's process runs as root.", 'dockerlint_rules.base_image.img005_container_runs_as_root', role='prod', tags=('base-image', 'dockerfile', 'security'), equivalents=('DL3002',), security=Security(250, 5.3)),  # noqa: E501
    RuleInfo('NET003', 'invalid-port-number', 'Stage', (ERROR, WARNING,), 'A port number is outside of 1 to 65535.', 'dockerlint_rules.network.net003_invalid_port_number', tags=('network', 'dockerfile', 'build'), equivalents=('DL3011',)),  # noqa: E501
    RuleInfo('PYR002', 'python-unbuffered-missing', 'Container', (WARNING,), "Python's output stays in a buffer because PYTHONUNBUFFERED is not set.", 'dockerlint_rules.python_runtime.pyr002_python_unbuffered_missing', role='prod', tags=('python-runtime', 'dockerfile', 'hygiene')),  # noqa: E501
    RuleInfo('PYR003', 'dont-write-bytecode', 'Container', (INFO,), 'Python writes bytecode files at run time, or is told two things about them.', 'dockerlint_rules.python_runtime.pyr003_dont_write_bytecode', role='prod', tags=('python-runtime', 'dockerfile', 'performance')),  # noqa: E501
    RuleInfo('STG003', 'host-venv-in-image', 'Build', (ERROR, WARNING,), 'A virtual environment of the host is copied into the image.', 'dockerlint_rules.stages.stg003_host_venv_in_image', tags=('stages', 'dockerfile', 'start-up')),  # noqa: E501
    RuleInfo('STG009', 'legacy-env-format', 'Stage', (INFO,), 'An old spelling: `ENV NAME value`, or `FROM` and `AS` in different case.', 'dockerlint_rules.stages.stg009_legacy_env_format', profile='strict', tags=('stages', 'dockerfile', 'hygiene'), equivalents=('LegacyKeyValueFormat', 'FromAsCasing')),  # noqa: E501
)
