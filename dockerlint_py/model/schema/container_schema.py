"""What the start of a container does to the tables of a database, and to the data in them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.started import Started
    from dockerlint_py.model.schema.lacking_migrations import LackingMigrations
    from dockerlint_py.model.schema.repeated_migrations import RepeatedMigration


class ContainerSchema:
    """What rules ask about migrations and their data; it imports what answers when asked."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @property
    def migrations_written(self) -> "tuple[Started, ...]":
        """The commands of its start and its image that write migrations."""
        from dockerlint_py.model.programs.started import migrations_written_by

        return tuple(migrations_written_by(self._container))

    @property
    def lacking_migrations(self) -> "tuple[LackingMigrations, ...]":
        """The migrations that it is told to apply and its image does not have."""
        from dockerlint_py.model.schema.lacking_migrations import lacking_migrations_of

        return tuple(lacking_migrations_of(self._container))

    @property
    def repeated_migrations(self) -> "tuple[RepeatedMigration, ...]":
        """The migrations of its start that others run at the same time."""
        from dockerlint_py.model.schema.repeated_migrations import repeated_migrations_of

        return tuple(repeated_migrations_of(self._container))

    @property
    def data_destroyed(self) -> "tuple[Started, ...]":
        """The commands of its start that empty or drop a database."""
        from dockerlint_py.model.programs.started import data_destroyed_by

        return tuple(data_destroyed_by(self._container))
