"""Services that are not for the public: data, brokers, administration, mail catchers."""

from collections.abc import Mapping

SOURCE = "documentation of the services: none is meant to face an open network as it comes"
DATE = "2026-11-24"

PRODUCTS: Mapping[str, str] = {
    "adminer": "Adminer",
    "elasticsearch": "Elasticsearch",
    "flower": "Flower",
    "keydb": "KeyDB",
    "mailhog": "MailHog",
    "mailpit": "Mailpit",
    "mariadb": "MariaDB",
    "memcached": "Memcached",
    "mongodb": "MongoDB",
    "mysql": "MySQL",
    "opensearch": "OpenSearch",
    "pgadmin": "pgAdmin",
    "phpmyadmin": "phpMyAdmin",
    "postgresql": "PostgreSQL",
    "rabbitmq": "RabbitMQ",
    "redis": "Redis",
    "valkey": "Valkey",
}
"""Products of image facts, and their names for people."""

PROGRAMS: Mapping[str, str] = {
    "flower": "Flower",
    "jupyter": "Jupyter",
    "jupyter-lab": "Jupyter",
    "jupyter-notebook": "Jupyter",
}
"""Programs of Python projects that are of the same kind."""

FLOWER_AUTH_OPTIONS = (
    *("--auth", "--auth-provider", "--auth_provider"),
    *("--basic-auth", "--basic_auth", "--conf"),
)
"""Options of Flower that ask for a login, or name a file that may do so."""

FLOWER_AUTH_VARIABLES = ("FLOWER_AUTH", "FLOWER_AUTH_PROVIDER", "FLOWER_BASIC_AUTH", "FLOWER_CONF")
"""Variables with the same effect."""
