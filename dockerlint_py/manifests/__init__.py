"""Dependencies: installer command lines, manifests and lock files.

`read_manifest` and `read_lock` read a file, `installers.installer` a command; `selected_groups` and
`locked_closure` join the three.
"""

from dockerlint_py.manifests.files import lock_kind, manifest_kind, read_lock, read_manifest
from dockerlint_py.manifests.model import (
    Dependency,
    Lock,
    LockedPackage,
    LockKind,
    Manifest,
    ManifestKind,
    Problem,
    Reader,
    Reference,
    ReferenceKind,
    Requirement,
)
from dockerlint_py.manifests.naming import group_key, group_name, normalise
from dockerlint_py.manifests.python_versions import minor, read_python_version
from dockerlint_py.manifests.selection import (
    builds_project,
    group_roots,
    locked_closure,
    selected_groups,
)
from dockerlint_py.manifests.versions import Versions
from dockerlint_py.manifests.wheels import has_wheel

__all__ = [
    "Dependency",
    "Lock",
    "LockKind",
    "LockedPackage",
    "Manifest",
    "ManifestKind",
    "Problem",
    "Reader",
    "Reference",
    "ReferenceKind",
    "Requirement",
    "Versions",
    "builds_project",
    "group_key",
    "group_name",
    "group_roots",
    "has_wheel",
    "lock_kind",
    "locked_closure",
    "manifest_kind",
    "minor",
    "normalise",
    "read_lock",
    "read_manifest",
    "read_python_version",
    "selected_groups",
]
