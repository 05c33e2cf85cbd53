"""Where the project lives: the one source of its address."""

URL = "https://github.com/dockerlint-py/dockerlint-py"


def rule_url(rule_id: str) -> str:
    """The address of a rule's page."""
    return f"{URL}/blob/main/docs/rules/{rule_id}.md"
