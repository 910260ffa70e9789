"""The server on a socket: a stop that loses no request, limits before the application, and many clients at once."""

import http.client
import json
import socket
import threading
import time

import pytest
from flask import Flask, Response

from fcnn.errors import FcnnError
from fcnn.serve.server import AddressError, Server
from fcnn.serve.settings import Settings, is_loopback

ROW = {"size": 61.5, "share": 0.25, "colour": "blue", "sold": "17.05.2021", "member": "yes"}


def ask(port, body, path="/predict"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


def test_many_clients_at_once_get_their_own_answers(running):
    server = running()
    rows = [{**ROW, "size": size, "colour": colour} for size in range(30, 70) for colour in ("red", "green")]
    bodies = [json.dumps({"row": row}) for row in rows]
    expected = json.loads(ask(server.port, json.dumps({"rows": rows}))[2])["predictions"]
    found = [None] * len(rows)

    def work(first):
        for place in range(first, len(rows), 8):
            found[place] = json.loads(ask(server.port, bodies[place])[2])["predictions"][0]

    threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


@pytest.fixture
def slow():
    """An application whose requests wait until they are let go; and what lets them go."""
    app, arrived, go = Flask("slow"), threading.Semaphore(0), threading.Event()

    @app.post("/predict")
    def predict():
        arrived.release()
        go.wait(60)
        return Response(b"x" * 3_000_000, mimetype="text/plain")

    return app, arrived, go


def test_a_stop_answers_the_requests_under_way(opened, slow):
    app, arrived, go = slow
    server, answers, ended = Server(app, Settings(port=0)), [], []
    running = threading.Thread(target=lambda: ended.append(server.run()))
    running.start()
    idle = socket.create_connection(("127.0.0.1", server.port))
    threads = [threading.Thread(target=lambda: answers.append(ask(server.port, "{}"))) for _ in range(6)]
    for thread in threads:  # two of them wait for a free worker
        thread.start()
    for _ in range(4):
        assert arrived.acquire(timeout=60)
    while len(server._server.active_channels) < 7 or len(server._server.task_dispatcher.queue) < 2:
        time.sleep(0.01)
    server.stop()
    assert idle.recv(1) == b"", "a connection on which nothing happens is closed"
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)
    go.set()
    for thread in [*threads, running]:
        thread.join(60)
    assert [(status, len(content), headers["Connection"]) for status, headers, content in answers] == [
        (200, 3_000_000, "close")
    ] * 6
    assert ended == [True]
    idle.close()


def test_a_stop_that_cannot_wait_any_longer_says_so(opened, slow, monkeypatch):
    app, arrived, go = slow
    monkeypatch.setattr("fcnn.serve.server.LATE", 0.1)
    server, ended = Server(app, Settings(port=0, seconds=0.1)), []
    running = threading.Thread(target=lambda: ended.append(server.run()))
    running.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/predict", "{}")
    assert arrived.acquire(timeout=60)
    server.stop()
    running.join(60)
    go.set()
    connection.close()
    assert ended == [False]


def test_what_waitress_refuses_by_itself_has_the_same_form(running):
    server = running(most_bytes=2048)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("POST", "/predict")
    connection.putheader("Content-Length", "1000000000000")
    connection.endheaders()
    answer = connection.getresponse()
    content = json.loads(answer.read())
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert content["title"] == "the body is too long"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    connection.close()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nno header\r\n\r\n")
        answer = raw.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.0 400 ") or answer.startswith(b"HTTP/1.1 400 ")
    assert b'"title":"the request cannot be read"' in answer
    assert b"Server:" not in answer


def test_a_port_in_use_is_named_with_a_way_out(running):
    taken = running().port
    with pytest.raises(FcnnError) as error:
        Server(Flask("other"), Settings(port=taken))
    (problem,) = error.value.problems
    assert (problem.message, problem.received) == ("another program has this port", str(taken))
    assert "--port 0" in problem.hint
    assert int(error.value.exit_code) == 1


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host.invalid"])
def test_an_address_that_is_not_here_is_refused(host):
    with pytest.raises(AddressError) as error:
        Server(Flask("other"), Settings(host=host, port=0))
    assert int(error.value.exit_code) == 2


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False),
     ("box.example", False), ("localhost.example", False), ("127.0.0.1.example", False), ("", False)],
)  # fmt: skip
def test_only_this_machine_is_this_machine(host, local):
    assert is_loopback(host) is local
