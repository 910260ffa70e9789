"""Work in several threads gives what it gives in one."""

import threading
import time

import pytest

from fcnn.data import threads
from fcnn.data.threads import background, each, in_order


@pytest.fixture(params=[1, 3], ids=["one thread", "three threads"])
def processors(request, monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: request.param)
    return request.param


def test_pieces_come_out_in_their_order(processors):
    def slower_at_first(piece):
        time.sleep(0.02 / (1 + piece))
        return piece * piece

    assert list(in_order(slower_at_first, range(20))) == [piece * piece for piece in range(20)]
    assert list(in_order(slower_at_first, [])) == []


def test_the_first_piece_is_done_before_the_second_is_asked_for(processors):
    done = []

    def pieces():
        for piece in range(3):
            assert piece == 0 or 0 in done
            yield piece

    assert list(in_order(lambda piece: done.append(piece) or piece, pieces())) == [0, 1, 2]


def test_no_more_pieces_are_held_than_there_are_threads(processors):
    taken = 0

    def pieces():
        nonlocal taken
        for piece in range(50):
            taken += 1
            yield piece

    for count, _ in enumerate(in_order(lambda piece: piece, pieces()), 1):
        assert taken - count <= processors + 1


def test_an_error_is_raised_in_its_turn(processors):
    def work(piece):
        if piece == 2:
            raise ValueError("the third")
        return piece

    made = in_order(work, range(10))
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(ValueError, match="the third"):
        next(made)


def test_columns_are_shared_out_where_there_are_rows_enough(processors):
    names = each(lambda _: threading.current_thread().name, range(8), rows=threads.WORTH_IT)
    assert (threading.main_thread().name in names) == (processors == 1)
    assert each(lambda _: threading.current_thread(), range(3), rows=10) == [threading.current_thread()] * 3
    assert each(lambda column: -column, range(100), rows=threads.WORTH_IT) == [-column for column in range(100)]


def test_what_runs_beside_is_waited_for_and_its_error_raised():
    assert background(lambda: 7)() == 7
    with pytest.raises(OSError, match="gone"):
        background(lambda: (_ for _ in ()).throw(OSError("gone")))()
