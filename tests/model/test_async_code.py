"""What an asynchronous application of a repository consists of."""

from dockerlint_py.testing import project


def test_a_file_belongs_to_the_application_that_imports_it() -> None:
    made = project(
        {
            "Dockerfile": 'FROM python:3.13-slim\nCOPY . /app\nCMD ["uvicorn", "shop.main:app"]\n',
            "requirements.txt": "fastapi==0.116.0\n",
            "ranking/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
            "shop/main.py": "from fastapi import FastAPI\nimport shop.orders\napp = FastAPI()\n",
            "shop/orders.py": "",
        }
    )
    (application,) = made.repository().applications
    code = application.async_code
    assert [server.value for server in code.servers] == ["ranking/main.py", "shop/main.py"]
    assert code.server_of("shop/orders.py").value == "shop/main.py"
    assert code.server_of("unknown.py").value == "ranking/main.py"
