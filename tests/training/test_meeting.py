"""The connections between the processes that train together; here each process is a thread."""

import socket
import threading
import time
from contextlib import suppress

import pytest

import fcnn
from fcnn.errors import ConfigError, TrainingError
from fcnn.training import arrival, meeting
from fcnn.training.arrival import arrive
from fcnn.training.cluster import Cluster
from fcnn.training.meeting import Meeting, WorkerLostError
from fcnn.training.stop import SharedStop, Stop

LONG = 20.0
"""Seconds after which a test that waits has failed."""


@pytest.fixture
def addresses():
    """`addresses(3)`: so many of this machine whose ports are free."""

    def free(count):
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
        found = tuple(f"127.0.0.1:{each.getsockname()[1]}" for each in sockets)
        for each in sockets:
            each.close()
        return found

    return free


@pytest.fixture
def together(addresses):
    """`together(3, work)` calls `work(meeting, index)` in each of three processes; what each returned or raised."""

    def run(count, work, timeout=LONG):
        there = addresses(count)
        results = [None] * count

        def one(index):
            try:
                met = Meeting(Cluster(there, index), timeout)
                try:
                    results[index] = work(met, index)
                finally:
                    met.leave()
            except BaseException as error:
                results[index] = error

        threads = [threading.Thread(target=one, args=(index,), daemon=True) for index in reversed(range(count))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
            assert not thread.is_alive(), "a worker waits for ever"
        return results

    return run


@pytest.fixture
def come(addresses):
    """`come(cluster, told)` arrives in a thread; joined, its result is the numbers it is connected to, or an error."""
    pipes, threads = [], []

    class Coming(threading.Thread):
        def __init__(self, cluster, told=None):
            super().__init__(daemon=True)
            self.cluster, self.told, self.result = cluster, told if told is not None else [], None
            threads.append(self)
            self.start()

        def run(self):
            try:
                found = arrive(self.cluster, LONG, self.told.append)
            except Exception as error:
                self.result = error
            else:
                pipes.extend(found.values())
                self.result = sorted(found)

        def joined(self):
            self.join(LONG)
            assert not self.is_alive(), "a worker waits for ever"
            return self.result

    yield Coming
    for thread in threads:
        thread.join(LONG)
    for pipe in pipes:
        pipe.close()


def drop(met):
    """End as a killed process does: without a word."""
    met._over.set()
    for pipe in met._pipes.values():
        with suppress(OSError):
            pipe._socket.shutdown(socket.SHUT_RDWR)


def test_everybody_hears_what_everybody_says(together):
    def work(met, index):
        first = met.all_gather(b"%d" % index)
        second = met.all_gather(b"")
        return first, second, met.broadcast(b"x" * 3_000_000 if index == 0 else None)

    assert together(3, work) == [([b"0", b"1", b"2"], [b"", b"", b""], b"x" * 3_000_000)] * 3


@pytest.mark.parametrize("victim", [0, 1, 2])
def test_who_is_lost_is_named_to_all(together, victim):
    def work(met, index):
        met.all_gather(b"")
        if index == victim:
            return drop(met)
        return met.all_gather(b"")

    results = together(3, work)
    for index in {0, 1, 2} - {victim}:
        assert isinstance(results[index], WorkerLostError)
        assert str(results[index]).startswith(f"worker {victim} (127.0.0.1:")
        assert " was lost\n  hint: start all workers again with --resume" in str(results[index])


def test_who_gives_up_says_why(together):
    def work(met, index):
        if index == 2:
            return met.leave("not enough memory")
        return met.all_gather(b"")

    results = together(3, work)
    assert [str(each).partition(") ")[2] for each in results[:2]] == ["has ended: not enough memory"] * 2


def test_a_process_that_is_stuck_is_ended_after_a_while(together, monkeypatch):
    monkeypatch.setattr(meeting, "GRACE", 0.1)
    ended = threading.Event()

    def work(met, index):
        met.when_stuck(lambda problem: ended.set())
        if index == 1:
            return drop(met)
        return ended.wait(LONG)  # as in TensorFlow, which hears of nothing

    assert together(2, work)[0] is True


@pytest.mark.parametrize("wishes", [{2: "terminated"}, {0: "interrupted"}, {1: "interrupted", 2: "terminated"}])
def test_the_wish_of_one_stops_all_at_the_same_place(together, wishes):
    def work(met, index):
        own = Stop()
        stop = SharedStop(own, met.all_gather)
        before = stop.requested()
        own.reason = wishes.get(index)
        return before, stop.requested(), stop.reason, stop.requested()

    reason = wishes[min(wishes)]
    assert together(3, work) == [(False, True, reason, True)] * 3


def test_the_reason_of_one_is_that_of_all(together):
    def work(met, index):
        return SharedStop(Stop(), met.all_gather).agreed("time_limit" if index == 1 else None)

    assert together(2, work) == ["time_limit"] * 2


def test_a_wish_is_asked_for_no_more_once_it_is_known():
    stop = SharedStop(Stop(), lambda message: [b"", b"interrupted"])
    assert stop.requested()
    stop._all_gather = None
    assert stop.requested()


# --- those who do not come --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("index", "missing"), [(0, "worker 1"), (1, "worker 0")])
def test_who_waits_in_vain_gives_up_and_says_for_whom(addresses, monkeypatch, index, missing):
    monkeypatch.setattr(arrival, "PATIENCE", 0.05)
    there, told = addresses(2), []
    began = time.monotonic()
    with pytest.raises(TrainingError) as raised:
        arrive(Cluster(there, index), 0.6, told.append)
    assert time.monotonic() - began < 5.0
    name = f"{missing} ({there[1 - index]})"
    assert told == [f"waiting for {name}"]
    assert raised.value.problems[0].message == f"gave up waiting for {name}"
    assert "--workers-timeout" in raised.value.problems[0].hint
    assert raised.value.exit_code == 1


def test_who_is_there_hears_who_did_not_come(addresses):
    there = addresses(3)
    found = {}

    def one(index):
        try:
            arrive(Cluster(there, index), 1.0, lambda text: None)
        except TrainingError as error:
            found[index] = str(error.problems[0].message)

    threads = [threading.Thread(target=one, args=(index,), daemon=True) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert found == dict.fromkeys((0, 1), f"gave up waiting for worker 2 ({there[2]})")


@pytest.mark.parametrize("index", [0, 1])
def test_a_port_that_is_taken(addresses, index):
    there = addresses(2)
    with socket.create_server(("", int(there[index].rpartition(":")[2]))), pytest.raises(TrainingError) as raised:
        arrive(Cluster(there, index), 1.0, lambda text: None)
    problem = raised.value.problems[0]
    assert problem.where == f"worker {index} ({there[index]})"
    assert problem.message.startswith("cannot listen on port ")
    assert "choose another port" in problem.hint


@pytest.mark.parametrize(
    ("other", "version", "message"),
    [
        pytest.param(lambda there: Cluster((*there[:2], "x:1"), 1), None, "worker 0 was started with other --workers",
                     id="other workers"),
        pytest.param(lambda there: Cluster(there, 1), "0.0.1", "worker 0 has another version of fcnn", id="version"),
    ],
)  # fmt: skip
def test_who_was_started_in_another_way_is_refused_and_the_others_go_on(
    addresses, come, monkeypatch, other, version, message
):
    there, told = addresses(3), []
    chief = come(Cluster(there, 0), told)
    if version is not None:
        hello = arrival._hello
        monkeypatch.setattr(
            arrival,
            "_hello",
            lambda cluster: {**hello(cluster), "fcnn": version if cluster.index else fcnn.__version__},
        )
    refused = come(other(there)).joined()
    monkeypatch.undo()
    assert isinstance(refused, ConfigError)
    assert refused.problems[0].message == message
    assert told == [f"refused a worker from ::ffff:127.0.0.1: {message}"]
    others = [come(Cluster(there, index)) for index in (1, 2)]
    assert chief.joined() == [1, 2]
    assert [each.joined() for each in others] == [[0], [0]]


def test_strangers_do_not_disturb(addresses, come):
    there = addresses(2)
    chief = come(Cluster(there, 0))
    port = int(there[0].rpartition(":")[2])
    for words in (
        b"",
        b"GET / HTTP/1.1\r\nHost: node1\r\n\r\n",
        b"fcnnH" + bytes([255] * 8),
        b"fcnnH\0\0\0\0\0\0\0\1x",
    ):
        with connected(port) as stranger:
            stranger.sendall(words)
    other = come(Cluster(there, 1))
    assert (chief.joined(), other.joined()) == ([1], [0])


def connected(port):
    """A connection to a port of this machine, as soon as somebody listens there."""
    for _ in range(1000):
        with suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), timeout=LONG)
        time.sleep(0.02)
    raise AssertionError("nobody listens")


def test_something_else_that_answers_at_the_address_of_the_chief(addresses):
    there = addresses(2)

    def answer(listener):
        connection = listener.accept()[0]
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", int(there[0].rpartition(":")[2]))) as listener:
        server = threading.Thread(target=answer, args=(listener,), daemon=True)
        server.start()
        with pytest.raises(TrainingError) as raised:
            arrive(Cluster(there, 1), LONG, lambda text: None)
        server.join(LONG)
    assert raised.value.problems[0].message == "it has ended, or what answers there is none of fcnn"
