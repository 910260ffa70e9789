"""Lines that a stray quote swallowed are told."""

from fcnn.data.long_rows import long_rows
from fcnn.data.table import read_table

ROWS = [f"{row},text {row},{row % 2}" for row in range(200)]


def problems(path):
    return list(long_rows(read_table([path], ["x", "z", "y"]).rows))


def test_rows_between_two_stray_quotes_are_missed(table):
    swallowed = [*ROWS[:10], '10,"text 10,0', *ROWS[11:90], '90,text 90",0', *ROWS[91:]]
    path = table("x,z,y\n" + "\n".join(swallowed) + "\n")
    rows = read_table([path], ["x", "z", "y"])
    assert len(rows) == 120
    (problem,) = long_rows(rows.rows)
    assert (problem.where, problem.message) == ("t.csv", "between the lines 12 and 93 no row begins")
    assert (problem.severity, problem.kind, problem.count, problem.examples) == (
        "warning",
        "long_rows",
        1,
        ("line 12",),
    )
    assert problem.hint == 'is a quote (") in line 12 that opens a field and should not?'


def test_a_few_lines_in_a_cell_and_a_plain_table_are_nothing_to_speak_of(table):
    assert problems(table("x,z,y\n" + "\n".join(ROWS) + "\n")) == []
    address = '1,"' + "\n".join(f"line {line}" for line in range(40)) + '",0'
    assert problems(table("x,z,y\n" + "\n".join([*ROWS[:5], address, *ROWS[5:]]) + "\n")) == []
