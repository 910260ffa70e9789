"""The shape of a rule and of a remedy: what one row of the tables says."""

from dataclasses import dataclass, field
from typing import Mapping, Tuple


@dataclass(frozen=True)
class Rule:
    """One way in which an environment is wrong.

    Rows of one `id` about one `package` stand from the special to the general: the first that matches speaks.
    Version ranges may hold ``{line}`` (TensorFlow's own ``2.10``) and ``{next_line}`` (``2.11``); `package`, `why`,
    `advice`, `repair` and the like also the version found of any package, ``{numpy}``, and what `condition` says.
    """

    id: str
    """``R07``: what findings, documentation and users call it."""
    severity: str
    """``error`` (import or a basic fit dies), ``warning`` (a named feature dies) or ``note`` (harmless)."""
    package: str
    """The package that is to blame (``python`` for Python itself, ``machine``, ``working folder``)."""
    why: str
    """One sentence: what goes wrong, and why."""
    when: Mapping[str, str] = field(default_factory=dict)
    """Package to version range, all of which must match; empty for any version; ``python`` is a package."""
    absent: Tuple[str, ...] = ()
    """Packages none of which may be there."""
    lacks: str = ""
    """The processor flag (of x86) that must be missing."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Environment variables that must have this value (in lower case)."""
    condition: str = ""
    """What else must hold, that ranges cannot say: a name in :data:`fcnn.environment.conditions.CONDITIONS`."""
    scope: str = "any"
    """Environments it speaks of: ``any``, ``fcnn`` (is to run fcnn), ``other`` (is not), ``plan`` (a list of
    what is still to be installed), ``text`` (none: known by its symptoms alone, to ``--explain``)."""
    generic: bool = False
    """Whether it speaks only of packages of which no other rule tells an error or a warning: what was measured
    outdoes what metadata says."""
    symptoms: Tuple[str, ...] = ()
    """What one sees when it strikes, as it is printed; the most telling text first."""
    repair: Tuple[str, ...] = ()
    """Packages to install, in this order, in the version the remedies say; or whole requirements."""
    uninstall: Tuple[str, ...] = ()
    """Packages to remove before that."""
    reinstall: Tuple[str, ...] = ()
    """Packages whose very version is to be unpacked once more."""
    advice: str = ""
    """What to do where no installation helps."""
    evidence: str = ""
    """How it is known: measured with which versions, or read where."""


@dataclass(frozen=True)
class Remedy:
    """The right version of a package beside what else is there."""

    package: str
    """Its name."""
    requirement: str
    """What to ask the installer for: ``numpy==1.19.5``; ``{line}`` and the like as in `Rule`."""
    gives: str
    """A version that this brings, with which the environment is judged again."""
    when: Mapping[str, str] = field(default_factory=dict)
    """When it is the right one: package to version range."""
