"""Rules of lists: what they leave open, and what they pin that cannot be installed."""

from fcnn.environment.rules.model import Rule

_COMPILED = (
    "{package} {found} has no wheel for Python {python}, for which {nearest} is the first, so pip has to compile it "
    "from source, which takes long and mostly fails"
)
_ENDED = "{package} {found} cannot be installed on Python {python}, for which {nearest} is the last"
_COMPILING = (
    "ERROR: Failed building wheel for ...",
    "ERROR: Could not build wheels for ...",
)
_REFUSED = ("ERROR: Ignored the following versions that require a different python version: ...",)
_ELSEWHERE = "make an environment with one of these Pythons: {pythons}; they have wheels of all that the list pins"
_NOWHERE = "choose versions that one Python has wheels of; for Python {python} the nearest is {package}=={nearest}"
_INDEX = "the versions are read from the package index's list of wheels; "
_PIN = "pin it, or judge what an installation gave: `pip freeze > installed.txt`, then --freeze installed.txt"

LIST_RULES = (
    Rule(
        id="R58",
        severity="note",
        package="{package}",
        condition="tensorflow_left_open",
        scope="plan",
        why="the list does not pin {package}: which version it will be, and whether the rest suits it, is unknown here",
        advice=_PIN,
        evidence="what an installer takes depends on its day, its Python and its own rules: pip and uv differ",
    ),
    Rule(
        id="R58",
        severity="note",
        package="{package}",
        condition="left_open_beside_it",
        scope="plan",
        why="the list leaves {package} open, and what this TensorFlow needs of it is unknown here",
        advice=_PIN,
        evidence="what an installer takes depends on its day, its Python and its own rules: pip and uv differ",
    ),
    Rule(
        id="R58",
        severity="note",
        package="{package}",
        condition="version_not_told",
        why="the list names {package} without a version, so that it could not be judged",
        advice="write the list with `pip list --format=freeze`, which tells all versions",
        evidence="measured: pip freeze writes `numpy @ file:///...` of what conda installed",
    ),
    *(
        Rule(
            id="R59",
            severity="error",
            package="{package}",
            condition=condition,
            scope="plan",
            why=why,
            symptoms=symptoms,
            repair=repair,
            advice=advice,
            evidence=evidence,
        )
        for kind, why, symptoms, evidence in (
            (
                "too_old",
                _COMPILED,
                _COMPILING,
                f"{_INDEX}measured on Linux with compilers: pandas 1.3.5, matplotlib 3.4.2, h5py 2.10.0, scikit-learn "
                "0.24.2 and SciPy 1.5.4 fail on Python 3.11, as do NumPy 1.23.5 on 3.12 and pandas 2.0.3 on 3.13; "
                "NumPy 1.19.5 on 3.11 and 1.26.4 on 3.13 were still compiling after seven minutes",
            ),
            ("too_new", _ENDED, _REFUSED, f"{_INDEX}measured: NumPy 2.0.2 on Python 3.8"),
        )
        for condition, repair, advice in (
            (f"{kind}_here", ("{package}=={nearest}",), ""),
            # Where TensorFlow must have another Python anyway, new versions of the rest would be no help.
            (f"{kind}_but_elsewhere", (), _ELSEWHERE),
            (f"{kind}_everywhere", (), _NOWHERE),
        )
    ),
    Rule(
        id="R82",
        severity="error",
        package="tensorflow-gpu",
        condition="tensorflow_gpu_removed",
        scope="plan",
        why="the package tensorflow-gpu was removed in December 2022: what is left under its name cannot be installed",
        symptoms=(
            'The "tensorflow-gpu" package has been removed!',
            'Expected semicolon (after name with no version specifier) or end ... python_version>"3.7"',
        ),
        advice="write tensorflow in place of tensorflow-gpu: it has been the same package since 2.1, GPU included",
        evidence="measured: tensorflow-gpu fails on Python 3.8 with the first text, on 3.11 and 3.12 with the second; "
        "of 2.11.0 and before there are wheels; tensorflow#60074",
    ),
    Rule(
        id="R41",
        severity="error",
        package="sklearn",
        condition="sklearn_refuses",
        scope="plan",
        why="the package `sklearn` cannot be installed; the one that is imported under this name is scikit-learn",
        symptoms=(
            "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.",
        ),
        advice="write scikit-learn in place of sklearn",
        evidence="measured: sklearn, and 0.0.post1 and 0.0.post12 by version, fail on Python 3.8; 0.0 installs",
    ),
)
