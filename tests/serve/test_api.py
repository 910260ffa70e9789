"""The JSON API: the predictions are those of `fcnn predict`, and whatever is wrong is told."""

import csv
import io
import json

import pytest

from fcnn.cli import main

ROW = {"size": 61.5, "share": 0.25, "colour": "blue", "sold": "17.05.2021", "member": "yes"}


BEYOND = ["column 'size'", "column 'share'"]
"""Columns of the whole table in which some values are beyond those of the training rows."""


def post(client, content, address="/predict", **headers):
    body = content if isinstance(content, (str, bytes)) else json.dumps(content)
    return client.post(address, data=body, headers={"Content-Type": "application/json", **headers})


def refused(answer, status):
    """The problems of an answer that is a refusal."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert answer.json["status"] == status
    assert answer.json["title"] == answer.json["problems"][0]["message"]
    return answer.json["problems"]


@pytest.fixture(scope="module")
def predicted(trained, tmp_path_factory):
    """What `fcnn predict` writes for the table that the run learnt from, as text."""
    result = tmp_path_factory.mktemp("predicted") / "predicted.csv"
    with pytest.raises(SystemExit) as end:
        main(["predict", str(trained["things"]), str(trained["things"]) + ".csv", "-o", str(result)])
    assert not end.value.code
    return result.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def table(trained):
    """The rows of that table, as text by column."""
    with open(str(trained["things"]) + ".csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        return list(csv.DictReader(file, delimiter=";"))


def as_sent(predicted):
    """Rows of a result of `fcnn predict` as the API has them."""
    for row in csv.DictReader(io.StringIO(predicted)):
        name = row.pop("prediction")
        yield {
            "prediction": name,
            "probabilities": {key[len("probability_") :]: float(value) for key, value in row.items()},
        }


def test_rows_get_exactly_what_fcnn_predict_writes(client, predicted, table):
    answer = post(client, {"rows": table}).json
    assert answer["predictions"] == list(as_sent(predicted))
    assert (answer["run"], answer["refused"]) == ("things", 0)
    assert [each["where"] for each in answer["warnings"]] == BEYOND


def test_numbers_mean_what_their_text_means(client, predicted, table):
    rows = [
        {
            **row,
            "size": float(row["size"].replace(",", ".")) if row["size"] else None,
            "share": float(row["share"].replace(",", ".")),
            "member": row["member"] == "yes",
        }
        for row in table
    ]
    assert post(client, {"rows": rows}).json["predictions"] == list(as_sent(predicted))


def test_numbers_and_texts_may_stand_in_one_column(client, predicted, table):
    rows = [
        {**row, "share": float(row["share"].replace(",", ".")) if number % 2 else row["share"]}
        for number, row in enumerate(table)
    ]
    assert post(client, {"rows": rows}).json["predictions"] == list(as_sent(predicted))


def test_a_row_alone_is_predicted_as_among_others(client, table):
    together = post(client, {"rows": table[:20]}).json["predictions"]
    assert [post(client, {"row": row}).json["predictions"][0] for row in table[:20]] == together


def test_a_csv_gets_the_bytes_of_fcnn_predict(client, predicted, trained):
    with open(str(trained["things"]) + ".csv", "rb") as file:  # noqa: PTH123
        answer = client.post("/predict.csv", data=file.read(), headers={"Content-Type": "text/csv"})
    assert answer.status_code == 200
    assert answer.data.decode("utf-8") == predicted
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [each["where"] for each in json.loads(answer.headers["Fcnn-Warnings"])] == BEYOND


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_back_in_the_encoding_that_is_asked_for(client, encoding):
    content = ("size;share;colour;sold;member;名称\n" + "61,5;0,25;blue;17.05.2021;yes;北京的企鹅\n" * 3).encode(
        "gb18030"
    )
    address = f"/predict.csv?id=名称&encoding={encoding}"
    answer = client.post(address, data=content, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 200
    assert answer.data.decode(encoding).startswith("名称,prediction,")
    told = json.loads(answer.headers["Fcnn-Warnings"])
    assert told[0]["message"].startswith("the file is no UTF-8 and is read as gb18030")
    assert told[0]["where"] == "table.csv"


def test_what_cannot_be_read_of_a_row_is_told_of_that_row(client):
    rows = [ROW, {**ROW, "size": "abc", "sold": "long ago"}, {**ROW, "size": 10**400}, {**ROW, "colour": "violet"}]
    answer = post(client, {"rows": rows}).json
    fine, unreadable, infinite, unseen = answer["predictions"]
    assert fine == post(client, {"row": ROW}).json["predictions"][0]
    assert [(each["where"], each["message"], each["received"]) for each in unreadable["problems"]] == [
        ("column 'size'", "1 cell is no number", "'abc' (row 2)"),
        ("column 'sold'", "1 cell is no date", "'long ago' (row 2)"),
    ]
    assert [each["message"] for each in infinite["problems"]] == ["1 cell is infinite"]
    assert "prediction" in unseen
    assert answer["refused"] == 2
    assert [each["message"] for each in answer["warnings"]] == ["1 of 4 values were not in training, such as 'violet'"]


def test_strictly_a_row_with_values_that_training_did_not_have_is_refused(client):
    rows = [{**ROW, "colour": "violet"}, ROW]
    answer = post(client, {"rows": rows, "strict": True}).json
    assert answer["predictions"][0]["problems"][0]["message"] == "1 of 1 values were not in training, such as 'violet'"
    assert "prediction" in answer["predictions"][1]


def test_a_csv_with_such_cells_is_refused_with_its_lines(client):
    content = "size,share,colour,sold,member\n61,1,red,1.5.2021,yes\nabc,1,red,1.5.2021,yes\n"
    (problem,) = refused(client.post("/predict.csv", data=content, headers={"Content-Type": "text/csv"}), 422)
    assert (problem["where"], problem["received"]) == ("column 'size'", "'abc' (line 3)")


def test_a_csv_without_a_column_is_refused_and_the_parameter_named(client):
    content = "share,colour,sold,member\n1,red,1.5.2021,yes\n"
    post_csv = {"data": content, "headers": {"Content-Type": "text/csv"}}
    (problem,) = refused(client.post("/predict.csv", **post_csv), 422)
    assert problem["message"] == "the table has no column 'size'"
    assert problem["hint"].endswith("?fill=true counts it as missing in every row")
    assert client.post("/predict.csv?fill=true", **post_csv).status_code == 200


# --- which input moved it ---------------------------------------------------------------------------------------------


def test_an_input_moves_the_prediction_by_what_its_usual_value_would_change(client):
    answer = post(client, {"row": ROW, "explain": True}).json["predictions"][0]
    now = answer["probabilities"][answer["prediction"]]
    typical = client.get("/schema").json["example"]
    assert [each["column"] for each in answer["influence"]] != sorted(ROW)
    assert sorted(each["column"] for each in answer["influence"]) == sorted(ROW)
    sizes = [abs(each["change"]) for each in answer["influence"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.05
    for each in answer["influence"]:
        assert each["typical"] == typical[each["column"]]
        replaced = post(client, {"row": {**ROW, each["column"]: each["typical"]}}).json["predictions"][0]
        assert each["with_typical"] == pytest.approx(replaced["probabilities"][answer["prediction"]], abs=1e-7)
        assert each["change"] == pytest.approx(now - each["with_typical"], abs=1e-12)


def test_the_usual_row_is_moved_by_nothing(client):
    example = client.get("/schema").json["example"]
    answer = post(client, {"row": example, "explain": True}).json["predictions"][0]
    assert [each["change"] for each in answer["influence"]] == [0.0] * 5


def test_a_regression_is_moved_in_its_own_unit(client):
    answer = post(client, {"row": {"x": 0.5}, "explain": True}, "/runs/line/predict").json["predictions"][0]
    (moved,) = answer["influence"]
    assert moved["typical"] == pytest.approx(0, abs=0.2)
    assert moved["change"] == pytest.approx(answer["prediction"] - moved["with_typical"])


# --- what is refused --------------------------------------------------------------------------------------------------

WRONG_BODIES = {
    "no JSON": ("{", 400, "the body is no JSON: Input data was truncated"),
    "nothing": ("", 400, "the body is no JSON: Input data was truncated"),
    "not a number": ('{"row": {"size": NaN}}', 400, None),
    "bytes that are no UTF-8": (b'{"row": {"\xff": 1}}', 400, None),
    "very deep": ('{"row": ' + "[" * 100_000, 422, "is of another type"),
    "a list": ("[]", 422, "is of another type"),
    "a cell that is a list": ('{"row": {"size": [1]}}', 422, "is of another type"),
    "a number out of range": ('{"row": {"size": 1e999}}', 422, None),
    "neither row nor rows": ("{}", 422, "the body needs either `row` or `rows`"),
    "row and rows": ('{"row": {}, "rows": []}', 422, "the body needs either `row` or `rows`"),
    "no rows": ('{"rows": []}', 422, "there is no row"),
    "an unknown key": ('{"rows": [], "explian": true}', 422, None),
    "a column that is not there": ({"row": {**ROW, "size": 1, "colour": None, "sold": None}}, 200, None),
}


@pytest.mark.parametrize(("body", "status", "message"), WRONG_BODIES.values(), ids=WRONG_BODIES)
def test_a_wrong_body_is_refused(body, status, message, client):
    answer = post(client, body)
    assert answer.status_code == status
    if status != 200:
        problems = refused(answer, status)
        assert message is None or problems[0]["message"] == message
        assert "Traceback" not in answer.text
        assert "fcnn/" not in answer.text


def test_columns_that_are_not_there_are_named_with_what_was_meant(client):
    row = {**ROW, "colur": "red"}
    del row["colour"], row["size"]
    problems = refused(post(client, {"rows": [ROW, row]}), 422)
    assert [(each["where"], each["message"], each["hint"]) for each in problems] == [
        ("rows[1]", "has no 'size'", "null stands for a missing value"),
        ("rows[1]", "has no 'colour'", "did you mean `colur`?"),
    ]


def test_a_truth_value_is_no_number(client):
    (problem,) = refused(post(client, {"row": {**ROW, "size": True}}), 422)
    assert (problem["where"], problem["message"], problem["received"]) == ("row.size", "is a truth value", "true")


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [
        pytest.param("GET", "/nosuch", {}, 404, id="no such address"),
        pytest.param("GET", "/../../etc/passwd", {}, 404, id="a path upwards"),
        pytest.param("GET", "/runs/..%2f..%2fetc/schema", {}, 404, id="a path for a name"),
        pytest.param("GET", "/runs/nosuch/schema", {}, 404, id="no such run"),
        pytest.param("GET", "/predict", {}, 405, id="another method"),
        pytest.param("DELETE", "/schema", {}, 405, id="deleting"),
        pytest.param("POST", "/predict", {}, 415, id="no type"),
        pytest.param("POST", "/predict", {"Content-Type": "text/csv"}, 415, id="a CSV for rows"),
        pytest.param("POST", "/predict.csv", {"Content-Type": "application/json"}, 415, id="rows for a CSV"),
        pytest.param(
            "POST", "/predict", {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415, id="packed"
        ),
        pytest.param("POST", "/predict.csv?strict=maybe", {"Content-Type": "text/csv"}, 422, id="no truth value"),
        pytest.param("POST", "/predict.csv?strict=", {"Content-Type": "text/csv"}, 422, id="an empty value"),
        pytest.param("POST", "/predict.csv?fill=true&fill=false", {"Content-Type": "text/csv"}, 422, id="twice"),
        pytest.param("POST", "/predict.csv?encoding=hex", {"Content-Type": "text/csv"}, 422, id="no encoding"),
        pytest.param("POST", "/predict.csv?stict=true", {"Content-Type": "text/csv"}, 422, id="no such parameter"),
        pytest.param("GET", "/schema?x=1", {}, 422, id="a parameter where there is none"),
        pytest.param("GET", "/schema", {"Host": "evil.example"}, 421, id="another host"),
        pytest.param("GET", "/", {"Host": "evil.example:8000"}, 421, id="another host of the page"),
    ],
)
def test_a_wrong_request_is_refused(method, address, headers, status, client):
    refused(client.open(address, method=method, headers=headers), status)


def test_another_method_is_told_which_there_are(client):
    answer = client.get("/predict")
    assert sorted(answer.headers["Allow"].split(", ")) == ["OPTIONS", "POST"]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered(host, client):
    assert client.get("/health", headers={"Host": host}).json == {"status": "ok"}


def test_a_server_for_all_machines_is_asked_by_any_name(asking):
    assert asking(host="0.0.0.0").get("/health", headers={"Host": "box.example"}).status_code == 200


def test_a_request_with_too_many_rows_is_refused(asking):
    small = asking(most_rows=2)
    (problem,) = refused(post(small, {"rows": [ROW] * 3}), 413)
    assert (problem["expected"], problem["received"]) == ("at most 2", "3")
    content = "size,share,colour,sold,member\n" + "61,1,red,1.5.2021,yes\n" * 3
    (problem,) = refused(small.post("/predict.csv", data=content, headers={"Content-Type": "text/csv"}), 413)
    assert problem["expected"] == "at most 2"
    assert post(small, {"rows": [ROW] * 2}).status_code == 200


def test_a_request_with_too_many_bytes_is_refused(asking):
    (problem,) = refused(post(asking(most_bytes=1024), {"rows": [ROW] * 100}), 413)
    assert problem["expected"] == "at most 1,024 bytes"


def test_a_request_that_takes_too_long_is_refused(asking):
    slow = asking(seconds=-1.0)
    assert refused(post(slow, {"row": ROW}), 503)[0]["message"] == "the request takes longer than it may"
    content = "size,share,colour,sold,member\n61,1,red,1.5.2021,yes\n"
    refused(slow.post("/predict.csv", data=content, headers={"Content-Type": "text/csv"}), 503)


def test_too_many_rows_are_not_explained(client):
    (problem,) = refused(post(client, {"rows": [ROW] * 101, "explain": True}), 422)
    assert problem["expected"] == "at most 100"


@pytest.mark.parametrize(
    "content", [b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1", b"BZh9"], ids=["gz", "zip", "parquet", "bz2"]
)
def test_a_packed_table_is_refused(content, client):
    refused(client.post("/predict.csv", data=content, headers={"Content-Type": "text/csv"}), 415)


def test_errors_are_told_in_chinese_to_who_reads_it(client):
    answer = post(client, {"rows": []}, **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.1"})
    assert refused(answer, 422)[0]["message"] == "没有任何行"


def test_a_failure_of_the_server_tells_nothing_of_its_inside(asking, monkeypatch, caplog):
    client = asking()
    client.application.testing = False
    monkeypatch.setattr("fcnn.serve.app.predict_rows", lambda *_, **__: 1 / 0)
    answer = post(client, {"row": ROW})
    assert [each["message"] for each in refused(answer, 500)] == ["the server failed"]
    assert "division" not in answer.text
    assert "ZeroDivisionError" in caplog.text, "the log has the reason"


# --- who may ask ------------------------------------------------------------------------------------------------------

TOKEN = "0123456789abcdef"


@pytest.mark.parametrize("address", ["/schema", "/runs", "/openapi.json", "/runs/things/schema", "/nosuch"])
@pytest.mark.parametrize(
    "given",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}],
    ids=["none", "wrong", "Basic"],
)
def test_without_the_token_nothing_is_told(given, address, asking):
    answer = asking(token=TOKEN).get(address, headers=given)
    assert refused(answer, 401)[0]["message"] == "the token is missing or wrong"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_with_the_token_everything_is(asking):
    client = asking(token=TOKEN)
    answer = post(client, {"row": ROW}, Authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    assert client.get("/health").status_code == 200, "open to a supervisor"
    assert "things" not in client.get("/").text, "the page knows nothing yet"


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("address", ["/", "/schema", "/openapi.json", "/nosuch", "/predict"])
def test_every_answer_forbids_what_it_does_not_need(address, client):
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Origin" not in answer.headers


# --- what it says of itself -------------------------------------------------------------------------------------------


def test_the_schema_has_every_column_with_what_its_type_has(client):
    about = client.get("/schema").json
    columns = {each["name"]: each for each in about["columns"]}
    assert (about["run"], about["target"], about["task"]) == ("things", "kind", "multiclass")
    assert about["classes"] == ["<script>alert(1)</script>", "large", "small"]
    assert [each["type"] for each in columns.values()] == ["number", "number", "category", "date", "boolean"]
    assert columns["size"]["missing"] is True
    assert columns["share"]["decimal"] == ","
    assert columns["colour"]["levels"] == ["blue", "green", "red"]
    assert columns["colour"]["typical"] == "red"
    assert columns["sold"]["format"] == "%d.%m.%Y"
    assert columns["member"]["typical"] == "yes"
    assert "problems" not in post(client, {"row": about["example"]}).json["predictions"][0]


def test_every_run_has_its_own_address_and_the_first_one_none(client):
    runs = client.get("/runs").json["runs"]
    assert [(each["name"], each["task"]) for each in runs] == [("things", "multiclass"), ("line", "regression")]
    answers = [post(client, {"row": {"x": 0.25}}, each["predict"]).status_code for each in runs]
    assert answers == [422, 200]
    assert client.get("/schema").json == client.get("/runs/things/schema").json


def test_the_document_has_every_address_that_there_is(client):
    document = client.get("/openapi.json").json
    described = {(path, method.upper()) for path, each in document["paths"].items() for method in each}
    rules = {
        (str(rule).replace("<name>", name), method)
        for rule in client.application.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        for name in ("things", "line")
        if rule.endpoint != "page"
    }
    assert described == rules
    row = document["components"]["schemas"]["run1_row"]
    assert row["required"] == ["size", "share", "colour", "sold", "member"]
    assert row["example"] == client.get("/schema").json["example"]
