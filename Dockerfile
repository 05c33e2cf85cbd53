# syntax=docker/dockerfile:1
FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/dockerlint-py && \
    /opt/dockerlint-py/bin/python -m pip install --no-cache-dir --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY dockerlint_py dockerlint_py
COPY rules rules
RUN /opt/dockerlint-py/bin/python -m pip install --no-cache-dir --no-deps .

FROM python:3.13-slim-trixie
COPY --from=build /opt/dockerlint-py /opt/dockerlint-py
USER 1000:1000
WORKDIR /src
ENTRYPOINT ["/opt/dockerlint-py/bin/dockerlint-py"]
CMD ["check"]
