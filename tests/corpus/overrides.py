"""Values of the config that are changed on the command line."""

from .case import TABLE, Case, Fails, Works, column

KIND = "Values on the command line"


def _wrong(id: str, override: str, *said: str, plain: bool = False) -> Case:
    return Case(id, TABLE, Fails(said, plain=plain), overrides=(override,))


def _right(id: str, *overrides: str, table: str = TABLE, **expect: object) -> Case:
    return Case(id, table, Works(**expect), overrides=overrides)  # type: ignore[arg-type]


CASES = [
    _wrong(
        "a mistyped key",
        "training.epoch=3",
        "override 'training.epoch=3'",
        "unknown key `epoch`",
        "did you mean `epochs`?",
    ),
    _wrong("a key without its section", "epochs=3", "override 'epochs=3'", "`epochs` belongs into training"),
    _wrong(
        "no value", "training.epochs", "override 'training.epochs': this is no override", "write training.epochs=VALUE"
    ),
    _wrong("an empty value", "training.epochs=", "override 'training.epochs='", "training.epochs"),
    _wrong("a blank for the equals sign", "training.epochs 3", "this is no override", "write training.epochs=3"),
    _wrong("no key", "=3", "override '=3'", "there is no key before the `=`"),
    _wrong("an index beyond the end", "network.layers.5.units=8", "network.layers has no [5]", "an index from 0 to 1"),
    _wrong(
        "a negative index", "network.layers[-1].units=8", "override 'network.layers[-1].units=8'", "[-1] is no index"
    ),
    _wrong("a name in a list", "network.layers.units=8", "network.layers is a list", "network.layers[0].units"),
    _wrong(
        "a key within a plain value", "seed.x=1", "override 'seed.x=1': a mapping stands where a whole number belongs"
    ),
    _wrong("two dots", "training..epochs=3", "override 'training..epochs=3'"),
    _wrong("broken YAML", "network.layers=[4", "override 'network.layers=[4'"),
    _wrong("an object of Python", "data.target=!!python/object/apply:os.system [ls]", "override", "!!python"),
    _wrong("a wrong type", "training.epochs=many", "override 'training.epochs=many'", "training.epochs"),
    _wrong("a section replaced by a number", "network=3", "override 'network=3'", "network"),
    _wrong(
        "a brace that the shell has eaten",
        "training.optimizer={name:",
        "override 'training.optimizer={name:': this is no YAML",
        plain=True,
    ),
    _right(
        "an equals sign within the value", "data.target=x=1", table=TABLE.replace("y", "x=1", 1), classes=["a", "b"]
    ),
    _right("a column with blanks", "data.target=the kind", table=TABLE.replace("y", "the kind", 1), classes=["a", "b"]),
    _right("a target that is no, as a word", "data.target=no", table=TABLE.replace("y", "no", 1), classes=["a", "b"]),
    _right("one beyond the end appends", "network.layers.1.units=8", printed=["4 relu -> 8 relu"]),
    _right("units into a layer that is a number", "network.layers.0.units=8", printed=["8 relu"]),
    _right("a list", "data.drop=[z]", features=["x"]),
    _right("a null", "training.early_stopping=null", features=["x", "z"]),
    _right("the last of two wins", "network.layers=[8]", "network.layers=[16]", printed=["16 relu"]),
    _right("a pattern for files", "data.path=*.csv", rows=24),
    _right(
        "a level with a colon",
        'data.columns.x={type: category, missing: ["a:b"]}',
        table=column("a:b", "1", "2"),
        types={"x": "category"},
        said=["note: column 'x': no value in"],
    ),
    Case(
        "two wrong ones at once",
        TABLE,
        Fails(["training.epoch", "seed", "2 errors."]),
        overrides=("training.epoch=3", "seed=x"),
    ),
]
