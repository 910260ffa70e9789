"""Rules of what packages themselves ask for (Requires-Dist), where nothing was measured, and where it does no harm."""

from fcnn.environment.rules.model import Rule

_WORKS = "; it works all the same, whatever `pip check` says"

METADATA_RULES = (
    Rule(
        id="R26",
        severity="note",
        package="tensorflow",
        when={"tensorflow": ""},
        condition="metadata: harmless versions",
        why="TensorFlow {tensorflow} asks for other versions of {complaints}" + _WORKS,
        symptoms=("which is incompatible.",),
        evidence="measured: TensorFlow 2.4.0 with all of them newer, one by one and together; 2.5.3 and 2.6.5 with "
        "most; 2.15.1 with wrapt 2.5.2; 2.15.1 and 2.17.1 with ml-dtypes 0.2.0 to 0.5.4; 2.21.0 with NumPy 1.25.2, "
        "Keras 3.3.3 to 3.8.0, ml-dtypes 0.5.0 and h5py 3.16.0",
    ),
    Rule(
        id="R26",
        severity="note",
        package="tensorflow",
        when={"tensorflow": ""},
        condition="metadata: harmless missing",
        why="TensorFlow {tensorflow} asks for {complaints}, not installed here" + _WORKS,
        symptoms=("which is not installed.",),
        evidence="measured: TensorFlow 2.4.0, 2.10.1, 2.15.1 and 2.21.0 without one of them at a time",
    ),
    *(
        Rule(
            id="R55",
            severity="warning",
            package="{package}",
            condition=condition,
            generic=True,
            why="{package} is not installed, and other packages ask for it: {requirers}",
            symptoms=("which is not installed.", "ModuleNotFoundError: No module named"),
            repair=repair,
            advice=advice,
            evidence="read from the metadata of the installed packages",
        )
        for condition, repair, advice in (
            ("metadata: missing, repairable", ("{repair}",), ""),
            (
                "metadata: missing, unrepairable",
                (),
                "no version of {package} suits all who ask for it: choose other versions of {choose}",
            ),
        )
    ),
    *(
        Rule(
            id="R56",
            severity="warning",
            package="{package}",
            condition=condition,
            generic=True,
            why="{package} {found} is not what other packages ask for: {requirers}; nothing was measured of it",
            symptoms=(
                "which is incompatible.",
                "ERROR: pip's dependency resolver does not currently take into account all the packages that are "
                "installed. This behaviour is the source of the following dependency conflicts.",
            ),
            repair=repair,
            advice=advice,
            evidence="read from the metadata of the installed packages",
        )
        for condition, repair, advice in (
            ("metadata: outside, repairable", ("{repair}",), ""),
            (
                "metadata: outside, unrepairable",
                (),
                "no version of {package} suits all who ask for it: choose other versions of {choose}",
            ),
        )
    ),
    *(
        Rule(
            id="R57",
            severity="warning",
            package="{package}",
            when={"tensorflow": ""},
            condition=condition,
            scope="plan",
            generic=True,
            why="installers refuse this list: it asks for {package} {listed}, and TensorFlow {tensorflow} for {asked}",
            symptoms=(
                "ERROR: ResolutionImpossible: for help visit",
                "because these package versions have conflicting dependencies.",
                "No solution found when resolving dependencies:",
            ),
            repair=repair,
            advice=advice,
            evidence="read from the metadata of TensorFlow's wheels; measured: pip and uv refuse numpy==1.23.5 beside "
            "tensorflow==2.6.5",
        )
        for condition, repair, advice in (
            ("metadata: refused, repairable", ("{repair}",), ""),
            ("metadata: refused, unrepairable", (), "choose another TensorFlow, or ask for {package}{asked}"),
        )
    ),
    Rule(
        id="R98",
        severity="note",
        package="tensorflow",
        when={"tensorflow": ">=2.22"},
        why="TensorFlow {tensorflow} is newer than the table of rules, which ends with 2.21: what broke earlier is "
        "told, what this one breaks is not known",
        evidence="the table was measured in November 2026",
    ),
    Rule(
        id="R98",
        severity="note",
        package="tensorflow",
        when={"tensorflow": "<2.4"},
        scope="other",
        why="TensorFlow {tensorflow} is older than the table of rules, which begins with 2.4: little of it was "
        "measured",
        evidence="the table was measured with TensorFlow 2.4 to 2.21",
    ),
    Rule(
        id="R98",
        severity="note",
        package="keras",
        when={"tensorflow": ">=2.16", "keras": ">=4"},
        why="Keras {keras} is newer than the table of rules, which ends with Keras 3: what it breaks is not known",
        evidence="the table was measured with Keras 2.4 to 3.15",
    ),
)
