"""Files as they lie on disks: packed, damaged, or no tables at all. Each error names the file."""

import bz2
import gzip
import io
import lzma
import os
import sys
import zipfile

import pytest

from fcnn.data.source import fingerprint, kind_of, open_bytes
from fcnn.data.table import read_table
from fcnn.errors import DataError

TEXT = b"a,b\n" + b"".join(b"%d,%d\n" % (row, row * row % 977) for row in range(5000))


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def encrypted(content):
    """A zip file whose entry says that it is encrypted."""
    data = bytearray(content)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


PACKED = {
    "plain": ("text", TEXT),
    "gzip": ("gz", gzip.compress(TEXT)),
    "gzip in two members": ("gz", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
    "bzip2": ("bz2", bz2.compress(TEXT)),
    "bzip2 in two streams": ("bz2", bz2.compress(TEXT[:1000]) + bz2.compress(TEXT[1000:])),
    "xz": ("xz", lzma.compress(TEXT)),
    "xz in two streams": ("xz", lzma.compress(TEXT[:1000]) + lzma.compress(TEXT[1000:])),
    "zip": ("zip", zipped({"t": TEXT})),
    "zip with a folder": ("zip", zipped({"data/": b"", "data/t": TEXT})),
    "zip of a Mac": ("zip", zipped({"t.csv": TEXT, "__MACOSX/._t.csv": b""})),
}


@pytest.mark.parametrize(("kind", "content"), PACKED.values(), ids=PACKED)
def test_a_packed_file_is_read_whatever_its_name_is(table, cells, kind, content):
    path = table(content, "t.csv")
    assert kind_of(path) == kind
    with open_bytes(path) as stream:
        assert stream.read(1 << 20) == TEXT
    assert cells(read_table([path], ["b"])["b"]) == [float(row * row % 977) for row in range(5000)]


DAMAGED = {
    "gzip that is cut": gzip.compress(TEXT)[:-2000],
    "gzip with another checksum": gzip.compress(TEXT)[:-8] + b"\0" * 8,
    "gzip with another middle": gzip.compress(TEXT)[:3000] + b"\xff" * 100 + gzip.compress(TEXT)[3100:],
    "gzip without content": gzip.compress(TEXT)[:5],
    "gzip with rubbish behind it": gzip.compress(TEXT) + b"rubbish",
    "bzip2 that is cut": bz2.compress(TEXT)[:-500],
    "bzip2 with another middle": bz2.compress(TEXT)[:3000] + b"\xff" * 100 + bz2.compress(TEXT)[3100:],
    "xz that is cut": lzma.compress(TEXT)[:-500],
    "xz with another middle": lzma.compress(TEXT)[:1000] + b"\xff" * 100 + lzma.compress(TEXT)[1100:],
    "zip that is cut": zipped({"t": TEXT})[:-500],
    "zip with another middle": zipped({"t": TEXT})[:3000] + b"\xff" * 100 + zipped({"t": TEXT})[3100:],
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_an_error_that_names_it(table, content):
    path = table(content)
    with pytest.raises(DataError) as caught:
        read_table([path], ["a", "b"])
    (problem,) = caught.value.problems
    assert problem.where == str(path)
    assert problem.message.startswith("cannot be unpacked: ")
    assert problem.hint == "is it whole? Copy or download it again"


def test_an_encrypted_zip_is_an_error_that_says_so(table):
    path = table(encrypted(zipped({"t": TEXT})))
    with pytest.raises(DataError, match=r"cannot be unpacked: .*password") as caught:
        read_table([path], ["a", "b"])
    assert [(problem.where, problem.hint) for problem in caught.value.problems] == [(str(path), "unpack it first")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the pipes of POSIX")
def test_a_pipe_is_an_error_and_not_waited_for(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    with pytest.raises(DataError, match="this is a pipe or a device, not a file"):
        kind_of(path)


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz", "zip"])
def test_a_file_with_any_bytes_changed_is_read_or_refused(table, kind):
    content = PACKED[kind][1]
    path, refused = table(content), 0
    for start in range(0, len(content), len(content) // 60):
        path.write_bytes(content[:start] + b"\xff\x00\xff" + content[start + 3 :])
        try:
            read_table([path], ["a", "b"])
        except DataError:
            refused += 1
    assert refused > 30


ARCHIVES = {
    "two files": (zipped({"a": TEXT, "b": TEXT}), "2: a, b"),
    "none": (zipped({}), "0: none"),
    "a folder": (zipped({"a/": b""}), "0: none"),
}


@pytest.mark.parametrize(("content", "received"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_must_hold_one_file(table, content, received):
    path = table(content, "t.zip")
    with pytest.raises(DataError) as caught:
        open_bytes(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.where) == ("an archive must hold one file", str(path))
    assert problem.received == received
    assert problem.hint == "unpack it, and name the file, or a list of files, in data.path"


def test_zstandard_names_the_extra_where_it_is_not_installed(table, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    path = table(b"\x28\xb5\x2f\xfd rest")
    with pytest.raises(DataError) as caught:
        open_bytes(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.where) == ("zstandard is needed to unpack this file", str(path))
    assert problem.hint == 'pip install "fcnn[zst]", or unpack it: zstd -d'


KINDS = {
    "Parquet": (b"PAR1rest", "parquet"),
    "an old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "excel"),
    "a new Excel": (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "excel"),
    "a zip file that is none": (b"PK\x03\x04rest", "zip"),
    "nothing": (b"", "text"),
}


@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=KINDS)
def test_a_file_is_known_by_its_first_bytes(table, content, kind):
    assert kind_of(table(content)) == kind


@pytest.mark.parametrize("content", [b"PAR1rest", zipped({"xl/workbook.xml": b""})], ids=["Parquet", "Excel"])
def test_a_table_that_is_no_text_is_a_clear_error_where_its_library_is_not_there_or_it_is_damaged(table, content):
    path = table(content)
    with pytest.raises(DataError) as caught:
        read_table([path], ["a"])
    (problem,) = caught.value.problems
    assert problem.where == str(path)
    assert "is needed to read this file" in problem.message or "cannot be read as" in problem.message


def test_a_missing_file_is_answered_with_the_nearest_name(table):
    path = table("a,b\n", "penguins.csv")
    with pytest.raises(DataError) as caught:
        open_bytes(path.with_name("pengiuns.csv"))
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("there is no such file", "did you mean `penguins.csv`?")


def test_a_missing_file_may_be_a_table_of_any_ending(table):
    path = table(b"a\tb\n", "sales.tsv.gz")
    table(b"", "sales.yaml")
    with pytest.raises(DataError) as caught:
        open_bytes(path.with_name("sale.tsv.gz"))
    assert caught.value.problems[0].hint == "did you mean `sales.tsv.gz`?"
    with pytest.raises(DataError) as caught:
        open_bytes(path.parent / "nowhere" / "sale.tsv.gz")
    assert caught.value.problems[0].hint == ""


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(DataError, match="this is a folder"):
        open_bytes(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_said(table):
    path = table("a,b\n")
    path.chmod(0)
    with pytest.raises(DataError, match="cannot be read: Permission denied"):
        open_bytes(path)


def test_a_file_that_changed_has_another_fingerprint(table):
    path = table("a,b\n1,2\n")
    before = fingerprint(path)
    assert fingerprint(path) == before
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    assert fingerprint(path) != before
