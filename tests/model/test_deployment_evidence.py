"""What platforms, pipelines and scripts are known to run is not told to be missing.

Each file is one of a way to deploy that has its own place for commands. The same project without
the file has both findings.
"""

import pytest

from dockerlint_py.testing import project

MIGRATE, COLLECT = "MIG003", "STC002"
FILES: dict[str, str | bytes] = {
    "Dockerfile": (
        "FROM python:3.13-slim\nWORKDIR /app\nRUN pip install django==5.2.8 gunicorn==23.0.0\n"
        'COPY config config\nCOPY shop shop\nCOPY manage.py .\nCMD ["gunicorn", "config.wsgi"]\n'
    ),
    "compose.prod.yml": "services:\n  web: {build: .}\n  db: {image: 'postgres:17'}\n",
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n',
    "config/__init__.py": "",
    "config/settings.py": (
        "DEBUG = False\nSTATIC_URL = '/static/'\nSTATIC_ROOT = '/static'\n"
        "INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.staticfiles', 'shop']\n"
    ),
    "config/urls.py": "from django.contrib import admin\nurlpatterns = [admin.site.urls]\n",
    "config/wsgi.py": (
        "import os\nfrom django.core.wsgi import get_wsgi_application\n"
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n'
        "application = get_wsgi_application()\n"
    ),
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\nclass Book(models.Model): ...\n",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": "class Migration: ...\n",
}
KUBERNETES = """\
spec:
  initContainers:
    - name: prepare
      image: shop
      command: ["python", "manage.py", "migrate", "--noinput"]
"""
BY_SHELL = """\
spec:
  initContainers:
    - command: ["sh", "-c"]
      args:
        - |
          set -e
          python manage.py migrate --noinput
"""
HOOK = """\
metadata:
  annotations:
    "helm.sh/hook": pre-upgrade
spec:
  containers:
    - command: {{ toYaml .Values.prepare.command | nindent 8 }}
"""
VALUES = "prepare:\n  command:\n    - python\n    - manage.py\n    - migrate\n"
CLOUD_BUILD = """\
steps:
  - name: gcr.io/google-appengine/exec-wrapper
    args:
      - '-i'
      - 'shop'
      - '--'
      - 'python'
      - 'manage.py'
      - 'migrate'
"""
OVER_SSH = """\
jobs:
  deploy:
    steps:
      - uses: appleboy/ssh-action@v1
        with:
          script: |
            cd /srv
            docker compose exec -T web python manage.py migrate --noinput
"""
TASK = """\
      - run: >-
          aws ecs run-task --overrides
          '{"containerOverrides": [{"command": ["python", "manage.py", "migrate"]}]}'
"""
ANSIBLE = "- community.general.django_manage:\n    command: migrate\n    app_path: /srv/shop\n"
JENKINS = "stage('deploy') { sh 'docker compose run --rm web python manage.py migrate' }\n"
EVIDENCE = (
    ("k8s/web.yaml", KUBERNETES),
    ("k8s/web.yaml", BY_SHELL),
    ("chart/values.yaml", VALUES),
    ("fly.toml", '[deploy]\nrelease_command = "python manage.py migrate --noinput"\n'),
    ("fly.staging.toml", "[deploy]\nrelease_command = \"sh -c './manage.py migrate'\"\n"),
    ("render.yaml", "services:\n  - preDeployCommand: python manage.py migrate\n"),
    ("build.sh", "set -o errexit\npython manage.py migrate\n"),
    ("Procfile", "web: gunicorn config.wsgi\nrelease: python manage.py migrate\n"),
    ("heroku.yml", "release:\n  image: web\n  command:\n    - python manage.py migrate\n"),
    ("app.json", '{"scripts": {"dokku": {"predeploy": "python manage.py migrate"}}}\n'),
    (".kamal/hooks/pre-deploy", '#!/bin/sh\nkamal app exec -p -q "python manage.py migrate"\n'),
    ("config/deploy.yml", 'aliases:\n  prepare: app exec "python manage.py migrate"\n'),
    ("railway.json", '{"deploy": {"preDeployCommand": ["python manage.py migrate"]}}\n'),
    (".do/app.yaml", "jobs:\n- kind: PRE_DEPLOY\n  run_command: python manage.py migrate\n"),
    ("cloudbuild.yaml", CLOUD_BUILD),
    (".github/workflows/deploy.yml", OVER_SSH),
    (".github/workflows/deploy.yml", TASK),
    (".github/workflows/x.yml", "      - run: flyctl ssh console -C 'python manage.py migrate'\n"),
    ("deploy.sh", "docker compose run --rm web python manage.py migrate\n"),
    ("deploy.sh", "docker compose -f compose.prod.yml run --rm web migrate\n"),
    (".github/workflows/x.yml", "      - run: docker compose exec -T web /entry migrate\n"),
    ("deploy.sh", "kubectl exec deploy/web -- python manage.py migrate\n"),
    ("deploy.sh", "heroku run python manage.py migrate -a shop\n"),
    ("ansible/roles/web/tasks/main.yml", ANSIBLE),
    ("ansible/site.yml", "- django_manage: command=migrate app_path=/srv/shop\n"),
    ("ansible/templates/deploy.sh.j2", "docker exec {{ name }} python manage.py migrate\n"),
    ("Jenkinsfile", JENKINS),
    ("deploy.ps1", "docker compose exec web python manage.py migrate\n"),
    (".platform.app.yaml", "hooks:\n  deploy: |\n    python manage.py migrate\n"),
    (".ebextensions/1.config", "container_commands:\n  x:\n    command: manage.py migrate\n"),
    ("infra/main.tf", 'command = ["python", "manage.py", "migrate"]\n'),
    ("infra/stack.ts", 'command: ["python", "manage.py", "migrate"],\n'),
    ("infra/job.nomad", 'command = "python"\nargs = ["manage.py", "migrate"]\n'),
    ("task-definition.json", '{"command": ["python", "manage.py", "migrate"]}\n'),
    ("Dockerrun.aws.json", '{"command": ["python", "manage.py", "migrate"]}\n'),
    ("supervisor/web.conf", "[program:prepare]\ncommand=python manage.py migrate\n"),
    ("uwsgi.ini", "[uwsgi]\nexec-pre-app = python manage.py migrate\n"),
    ("captain-definition", '{"dockerfileLines": ["CMD python manage.py migrate"]}\n'),
)


def found(changed: dict[str, str], rule: str) -> bool:
    return bool(project({**FILES, **changed}).check(rule).problems)


@pytest.mark.parametrize("rule", [MIGRATE, COLLECT])
def test_without_evidence_both_are_missing(rule: str) -> None:
    assert found({}, rule)
    assert found({"chart/templates/job.yaml": HOOK}, rule)  # Without values it may run anything.


@pytest.mark.parametrize(("path", "text"), EVIDENCE)
def test_what_a_deployment_runs(path: str, text: str) -> None:
    assert not found({path: text}, MIGRATE)
    assert not found({path: text.replace("migrate", "collectstatic")}, COLLECT)


@pytest.mark.parametrize(
    "command",
    ["manage.py migrate_schemas --shared", "manage.py safemigrate", "django-admin migrate"],
)
def test_other_commands_that_migrate(command: str) -> None:
    assert not found({"deploy.sh": f"docker compose exec web python {command}\n"}, MIGRATE)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "# docker compose run --rm web migrate\n"),
        ("deploy.sh", "docker compose run --rm web python manage.py migrate --check\n"),
        ("k8s/web.yaml", "# command: python manage.py migrate\n"),
        ("NOTES.md", "Data was migrated with `docker compose up`.\n"),
    ],
)
def test_what_is_no_evidence(path: str, text: str) -> None:
    assert found({path: text}, MIGRATE)
