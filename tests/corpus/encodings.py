"""Texts as Excel, editors and databases of several countries write them."""

from .case import TABLE, Case, Fails, Works, column

KIND = "Encodings"

CHINESE = column("北京", "上海", "广州", name="城市")
SPANISH = column("Muñoz", "Peña", "García")

CASES = [
    Case(
        "UTF-8 with Chinese names and levels",
        CHINESE,
        Works(cells={"城市": ["北京", "上海", "广州"]}, types={"城市": "category"}, encoding="utf-8"),
        row='UTF-8, with or without a byte order mark; UTF-16 ("Unicode text")',
    ),
    Case(
        "UTF-8 with a byte order mark before a quoted first name, as Excel writes it",
        b"\xef\xbb\xbf" + column("1", "2", "5", name='"x"').encode(),
        Works(cells={"x": [1, 2, 5]}, features=["x", "z"], encoding="utf-8-sig"),
    ),
    Case(
        "UTF-8 with a byte order mark, and the config says utf-8",
        b"\xef\xbb\xbf" + column("1", "2", "5").encode(),
        Works(cells={"x": [1, 2, 5]}),
        data={"encoding": "utf-8"},
    ),
    Case(
        "GBK from a Chinese Excel",
        CHINESE.encode("gbk"),
        Works(
            cells={"城市": ["北京", "上海", "广州"]},
            encoding="gb18030",
            said=["read as gb18030", "'城市'", "'北京'", "data.encoding=cp1252"],
        ),
        row="GBK or GB18030 from a Chinese Excel",
    ),
    Case(
        "GBK, and the config says so",
        CHINESE.encode("gbk"),
        Works(cells={"城市": ["北京", "上海", "广州"]}, encoding="gbk"),
        data={"encoding": "gbk"},
    ),
    Case(
        "GB18030 with a character that GBK does not have",
        column("㐀㐁", "北京", "上海").encode("gb18030"),
        Works(cells={"x": ["㐀㐁", "北京", "上海"]}, said=["gb18030"]),
    ),
    Case(
        "the column to predict has a Chinese name, in GBK",
        TABLE.replace("y", "类别", 1).encode("gbk"),
        Works(classes=["a", "b"], said=["gb18030"]),
        data={"target": "类别"},
    ),
    Case(
        "cp1252 from a Western Excel",
        SPANISH.encode("cp1252"),
        Works(cells={"x": ["Muñoz", "Peña", "García"]}, encoding="cp1252", said=["cp1252", "'Muñoz'", "gb18030"]),
        row="cp1252 or Latin-1 from a Western Excel",
    ),
    Case(
        "cp1252 with curly quotes and a euro sign",
        column("“big”", "5 € off", "naïve").encode("cp1252"),
        Works(cells={"x": ["“big”", "5 € off", "naïve"]}, encoding="cp1252", said=["cp1252"]),
    ),
    Case(
        "curly quotes in UTF-8 are no quotes of CSV",
        column("“big”", "“small”", "none"),
        Works(cells={"x": ["“big”", "“small”", "none"]}),
    ),
    Case(
        "UTF-16 with tabs: Unicode text of Excel",
        column("北京", "上海", "5", separator="\t").encode("utf-16"),
        Works(cells={"x": ["北京", "上海", "5"]}, encoding="utf-16"),
    ),
    Case(
        "UTF-16, big endian",
        b"\xfe\xff" + CHINESE.encode("utf-16-be"),
        Works(cells={"城市": ["北京", "上海", "广州"]}, encoding="utf-16"),
    ),
    Case(
        "UTF-16 without a mark",
        CHINESE.encode("utf-16-le"),
        Works(cells={"城市": ["北京", "上海", "广州"]}, encoding="utf-16-le", said=["read as utf-16-le"]),
    ),
    Case("UTF-32", CHINESE.encode("utf-32"), Works(cells={"城市": ["北京", "上海", "广州"]}, encoding="utf-32")),
    Case(
        "one byte of cp1252 in a file of UTF-8",
        column("北京上海广州", "Müller", "x").encode() + b"Mu\xf1oz,1,a\n",
        Fails(["table.csv:26: the file is not UTF-8 text", "hint: say which it is: data.encoding="]),
        row="Two encodings in one file",
    ),
    Case(
        "UTF-8 that was cut within its last character",
        column("北京上海广州", "x").encode() + "1,2,北".encode()[:-1],
        Fails(["table.csv:26: the file is not UTF-8 text"]),
    ),
    Case(
        "Latin-1 stated for a file of UTF-8 reads, as the user says",
        column("ü", "a", "b"),
        Works(cells={"x": ["Ã¼", "a", "b"]}),
        data={"encoding": "latin-1"},
    ),
    Case(
        "ASCII stated for a file of UTF-8",
        SPANISH,
        Fails(["table.csv:2: the file is not ascii text", "hint:"]),
        data={"encoding": "ascii"},
    ),
    Case(
        "UTF-16 stated for a file that is none",
        TABLE,
        Fails(["table.csv", "utf-16"]),
        data={"encoding": "utf-16"},
    ),
    Case(
        "an encoding that there is not",
        TABLE,
        Fails(["config.yaml:4:13 data.encoding: unknown encoding `utf8mb4`", "did you mean `utf-8`?"]),
        data={"encoding": "utf8mb4"},
    ),
    Case(
        "ANSI is no encoding",
        TABLE,
        Fails(["data.encoding: unknown encoding `ANSI`", "hint:"]),
        data={"encoding": "ANSI"},
    ),
    Case(
        "a codec of Python that is not for text",
        TABLE,
        Fails(["data.encoding: unknown encoding `base64`"]),
        data={"encoding": "base64"},
    ),
    Case(
        "Shift-JIS is guessed wrong, and the guess is shown with the way to say it",
        column("東京", "大阪", "京都").encode("shift_jis"),
        Works(
            encoding="gb18030", said=["the file is no UTF-8 and is read as gb18030", "if that is wrong: data.encoding="]
        ),
    ),
    Case(
        "Big5, and the config says so",
        column("臺北", "高雄", "臺中").encode("big5"),
        Works(cells={"x": ["臺北", "高雄", "臺中"]}),
        data={"encoding": "big5"},
    ),
    Case(
        "non-breaking spaces of Latin-1 around numbers",
        column("\u00a01.5", "2.5\u00a0", "7").encode("latin-1"),
        Works(cells={"x": [1.5, 2.5, 7]}, types={"x": "number"}, said=["cp1252"]),
    ),
    Case(
        "non-breaking spaces around a name and its values",
        column("1.5", "2.5\u00a0", name="\u00a0x\u00a0"),
        Works(cells={"x": [1.5, 2.5]}, features=["x", "z"]),
    ),
    Case(
        "a zero-width space within a name",
        column("1", "2", "4", name="x\u200b"),
        Works(features=["x\u200b", "z"]),
    ),
    Case(
        "an é of one character and one of two are two levels, as the file has them",
        column("caf\u00e9", "cafe\u0301", "tea"),
        Works(cells={"x": ["caf\u00e9", "cafe\u0301", "tea"]}),
    ),
    Case(
        "NUL bytes in a text file, as a power cut leaves them",
        TABLE.encode() + b"\0" * 40 + b"\n",
        Fails(["table.csv:26: there is a NUL character", "damaged"], plain=True),
    ),
    Case(
        "a picture named .csv",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde",
        Fails(["table.csv:3: there is a NUL character: the file is no text"], plain=True),
    ),
    Case(
        "random bytes named .csv",
        bytes((row * 73 + row * row * 41) % 256 for row in range(2000)),
        Fails(["table.csv: the file is not UTF-8 text", "data.encoding="]),
    ),
]
