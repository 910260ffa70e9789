"""How the command line's process ends."""

import subprocess
import sys
from pathlib import Path

import pytest

LEAVES = "from fcnn.cli.process import leave; leave({})"


def ends(*lines, stdout=subprocess.PIPE):
    """Code and output of a process that runs these lines."""
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def test_what_was_printed_is_out_and_what_is_registered_for_the_end_is_called():
    registered = "import atexit, sys; atexit.register(print, 'registered')"
    printed = "print('a result'); print('a warning', file=sys.stderr, end='')"
    assert ends(registered, printed, LEAVES.format(3)) == (3, "a result\nregistered\n", "a warning")


KEPT = "import os\nclass Kept:\n    def __del__(self, write=os.write): write(2, b'taken apart')\nkept = Kept()"
"""At the end of Python what is printed may not come out any more; what is written does."""


def test_nothing_is_taken_apart_before():
    assert ends(KEPT, LEAVES.format(0)) == (0, "", "")
    assert ends(KEPT) == (0, "", "taken apart")


def test_the_work_of_a_thread_is_waited_for():
    thread = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.2), print('done'))).start()"
    assert ends(thread, LEAVES.format(1)) == (1, "done\n", "")


def test_a_function_that_fails_at_the_end_is_told_of_as_ever():
    code, _, told = ends("import atexit; atexit.register(lambda: 1 / 0)", "print('x')", LEAVES.format(0))
    assert code == 0
    assert "ZeroDivisionError" in told


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_output_that_cannot_be_written_is_told_of_as_ever():
    with Path("/dev/full").open("w") as full:
        code, _, told = ends("print('a result')", LEAVES.format(0), stdout=full)
    assert code != 0
    assert "No space left" in told


@pytest.mark.parametrize(("words", "code"), [(["schema"], 0), (["schema", "--nonsense"], 2)], ids=["done", "wrong"])
def test_a_command_has_a_process_to_itself_or_is_called(words, code):
    registered = "import atexit, sys; atexit.register(print, 'registered')"
    alone = f"sys.argv = ['fcnn', *{words}]; from fcnn.cli import main; main()"
    called = f"from fcnn.cli import main; main({words})"
    of_its_own, of_another = ends(registered, KEPT, alone), ends(registered, KEPT, called)
    assert of_its_own[0] == of_another[0] == code
    assert of_its_own[1].endswith("registered\n")
    assert of_another[1].endswith("registered\n")
    assert not of_its_own[2].endswith("taken apart")
    assert of_another[2].endswith("taken apart")
