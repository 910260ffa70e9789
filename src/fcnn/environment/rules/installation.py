"""Rules of how an environment was put together: twins, missing files, leftovers, hidden versions."""

from fcnn.environment.rules.model import Rule

_TWINS = (
    "{kept} and {other} both bring the module `{module}`: the one installed last wins, and uninstalling either takes "
    "files of both"
)
_TWINS_EVIDENCE = (
    "measured: TensorFlow imports with tensorflow and tensorflow-cpu side by side; after one was uninstalled, 7515 of "
    "7730 files of the other were gone"
)
_MISSING = "{missing} of {total} files of {name} that were looked for are gone from the disk, {first} among them"
_MISSING_EVIDENCE = (
    "measured: tensorflow after tensorflow-cpu was uninstalled, which had the same files; unpacking it once more "
    "repairs it"
)
_NO_ATTRIBUTE = "AttributeError: module 'tensorflow' has no attribute '__version__'"
_HIDDEN_EVIDENCE = "read in the documentation of Python's `site` module and of PYTHONPATH"

INSTALLATION_RULES = (
    Rule(
        id="R42",
        severity="warning",
        package="{module}",
        scope="plan",
        condition="twins",
        why=_TWINS,
        symptoms=(_NO_ATTRIBUTE,),
        advice="name only one of {kept} and {other} in the list",
        evidence=_TWINS_EVIDENCE,
    ),
    Rule(
        id="R42",
        severity="warning",
        package="{module}",
        condition="twins_in_conda",
        why=_TWINS,
        symptoms=(_NO_ATTRIBUTE,),
        advice="remove the one that pip installed with `{remove}`, then unpack the other anew with `{again}`",
        evidence=_TWINS_EVIDENCE,
    ),
    Rule(
        id="R42",
        severity="warning",
        package="{module}",
        condition="twins",
        why=_TWINS,
        symptoms=(_NO_ATTRIBUTE,),
        uninstall=("{other}",),
        reinstall=("{kept}",),
        evidence=_TWINS_EVIDENCE,
    ),
    *(
        Rule(
            id="R77",
            severity=severity,
            package="tensorflow-intel",
            condition=condition,
            why="tensorflow {tensorflow} and tensorflow-intel {tensorflow-intel} differ in version; on Windows the "
            "module `tensorflow` is that of tensorflow-intel",
            repair=("tensorflow-intel=={tensorflow}",) if severity == "error" else (),
            advice="" if severity == "error" else "take tensorflow-intel out of the environment: it is for Windows",
            evidence="measured: uv, resolving for Windows, refuses tensorflow-intel 2.12.0 beside tensorflow 2.13.0",
        )
        for severity, condition in (("error", "other_intel_on_windows"), ("warning", "other_intel_elsewhere"))
    ),
    Rule(
        id="R43",
        severity="error",
        package="{name}",
        condition="core_files_missing",
        why=_MISSING,
        symptoms=(
            _NO_ATTRIBUTE,
            "ModuleNotFoundError: No module named 'tensorflow.keras'",
            "ImportError: Keras requires TensorFlow 2.2 or higher.",
        ),
        reinstall=("{name}",),
        evidence=_MISSING_EVIDENCE,
    ),
    Rule(
        id="R43",
        severity="warning",
        package="{name}",
        condition="files_missing",
        why=_MISSING,
        reinstall=("{name}",),
        evidence=_MISSING_EVIDENCE,
    ),
    Rule(
        id="R44",
        severity="note",
        package="environment",
        condition="interrupted_uninstalls",
        why="pip was interrupted while it replaced a package and left {paths} behind; pip warns of it, and Python's "
        "own list of packages may have the old version a second time",
        symptoms=(
            "WARNING: Ignoring invalid distribution -ensorflow",
            "WARNING: Ignoring invalid distribution ~ensorflow",
        ),
        advice="delete what was left: `{command}`",
        evidence="measured: a folder ~ensorflow-*.dist-info beside a whole TensorFlow, which works",
    ),
    Rule(
        id="R44",
        severity="note",
        package="environment",
        condition="empty_metadata",
        why="{paths} should tell name and version of a package and does not: a removed or interrupted installation "
        "left it behind",
        symptoms=("due to invalid metadata entry 'name'",),
        advice="delete what was left: `{command}`",
        evidence="read in pip's source: it skips such a folder with a warning",
    ),
    Rule(
        id="R60",
        severity="warning",
        package="{name}",
        condition="mixed_conda_and_pip",
        why="conda and pip both installed {name}, one over the other ({versions}): its files are a mixture of both",
        symptoms=("Cannot uninstall '...'. It is a distutils installed project",),
        advice="remove both with `{remove}`, repeated until nothing is left to remove, then install one with `{again}`",
        evidence="read in conda's documentation on pip in conda environments",
    ),
    Rule(
        id="R60",
        severity="note",
        package="{name}",
        condition="replaced_in_conda",
        why="pip replaced conda's {name} {conda} by {found}, and conda does not know: the next `conda install` may put "
        "its own version back",
        evidence="read in conda's documentation on pip in conda environments",
    ),
    Rule(
        id="R61",
        severity="warning",
        package="{name}",
        condition="hidden_by_user_folder",
        why="Python imports {name} {found} from your own folder {used}, and not {version} of the environment "
        "in {place}",
        advice="leave out your own folder: `{command}` before Python is started",
        evidence=_HIDDEN_EVIDENCE,
    ),
    Rule(
        id="R61",
        severity="warning",
        package="{name}",
        condition="hidden_by_python_path",
        why="Python imports {name} {found} from {used}, which is in PYTHONPATH, and not {version} of the environment "
        "in {place}",
        advice="leave out the folders of PYTHONPATH: `{command}` before Python is started",
        evidence=_HIDDEN_EVIDENCE,
    ),
    Rule(
        id="R62",
        severity="note",
        package="environment",
        condition="unreadable_metadata",
        why="metadata of packages is damaged or not yours to read, so that nothing is known of what they require: "
        "{files}",
        evidence="fcnn's own: a METADATA file without a name in it",
    ),
    Rule(
        id="R63",
        severity="warning",
        package="{name}",
        condition="duplicated_metadata",
        why="{name} has the metadata of several versions in one folder ({versions}): an upgrade was not finished, and "
        "the files may be a mixture",
        uninstall=("{name}",),
        reinstall=("{name}",),
        evidence="measured: with two metadata folders `pip install --force-reinstall` of the found version leaves the "
        "other; removing first and then reinstalling leaves one, with pip 23.2 and with uv",
    ),
    Rule(
        id="R64",
        severity="warning",
        package="environment",
        condition="python_home",
        why="PYTHONHOME is set ({value}): every Python that starts looks for its standard library there, those of "
        "other versions and of environments too",
        symptoms=("ModuleNotFoundError: No module named 'encodings'",),
        advice="remove it: `{command}`",
        evidence="read in Python's documentation of PYTHONHOME",
    ),
    Rule(
        id="R64",
        severity="warning",
        package="environment",
        condition="python_path",
        why="PYTHONPATH puts packages of another place before those of the environment, for every Python that starts: "
        "{folders}",
        advice="remove it: `{command}`",
        evidence="read in Python's documentation of PYTHONPATH",
    ),
)
