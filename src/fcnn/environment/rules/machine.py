"""Rules of the machine: its processor, a 32-bit or translated Python, its C library."""

from typing import Mapping, Tuple

from fcnn.environment.rules.model import Rule

_NO_MATCH = "ERROR: No matching distribution found for tensorflow"
_ILLEGAL = "Illegal instruction (core dumped)"
_PLANNED_OR_ABSENT: Tuple[Tuple[Mapping[str, str], Tuple[str, ...], str], ...] = (
    ({"tensorflow": ""}, (), "plan"),
    ({}, ("tensorflow",), "any"),
)
"""When, absent and scope of rules on what cannot be installed: where a list asks for it, and where it is not there."""

PROCESSOR_RULES = (
    Rule(
        id="R32",
        severity="error",
        package="tensorflow",
        when={"tensorflow": ""},
        lacks="avx",
        condition="published build",
        why="this processor has no AVX, which every published TensorFlow needs: Python is killed on import",
        symptoms=(
            _ILLEGAL,
            "The TensorFlow library was compiled to use AVX instructions, but these aren't available on your machine.",
        ),
        advice="use a machine whose processor has AVX, or build TensorFlow from source",
        evidence="measured in an emulator (Nehalem): TensorFlow 2.4.0, 2.5.3, 2.20.0; NumPy alone works there",
    ),
    Rule(
        id="R31",
        severity="error",
        package="tensorflow",
        when={"tensorflow": "==2.4.0"},
        lacks="avx2",
        condition="published build",
        why="TensorFlow 2.4.0 (not 2.4.1 and later) was built with AVX2, which this processor does not "
        "have: Python is killed on import",
        symptoms=(
            _ILLEGAL,
            "The TensorFlow library was compiled to use AVX2 instructions, but these aren't available on your machine.",
        ),
        repair=("tensorflow",),
        evidence="measured in an emulator: dies on SandyBridge, works on Haswell; 2.4.4 works on both; "
        "tensorflow#45744",
    ),
)

MACHINE_RULES = (
    *(
        Rule(
            id="R65",
            severity="error",
            package="machine",
            when=when,
            absent=absent,
            scope=scope,
            condition="32-bit Python",
            why="this Python is a 32-bit program, and TensorFlow is published for 64-bit Python only",
            symptoms=(_NO_MATCH,),
            advice="install a 64-bit Python and make the environment with it",
            evidence="read from the names of all wheels that the package index lists: none is for 32 bits",
        )
        for when, absent, scope in _PLANNED_OR_ABSENT
    ),
    *(
        Rule(
            id="R66",
            severity="error",
            package="machine",
            when=when,
            absent=absent,
            scope=scope,
            condition="musl",
            why="this system has the C library musl (as Alpine Linux has), for which no TensorFlow is published",
            symptoms=(_NO_MATCH, "Error loading shared library ld-linux-x86-64.so.2: No such file or directory"),
            advice="use a Linux with glibc: in a Dockerfile `FROM python:3.11-slim` in place of an image for Alpine",
            evidence="read from the names of all wheels that the package index lists: none is musllinux; "
            "tensorflow#10247 and tensorflow#22049",
        )
        for when, absent, scope in _PLANNED_OR_ABSENT
    ),
    Rule(
        id="R67",
        severity="error",
        package="machine",
        when={"tensorflow": ""},
        condition="old glibc",
        why="TensorFlow {tensorflow} needs glibc {needed} or later, and this system has {glibc}",
        symptoms=(
            "version `GLIBC_2.27' not found",
            "version `GLIBC_2.17' not found",
        ),
        advice="use a newer Linux, or a TensorFlow that is published for an older one: {here}",
        evidence="read from the manylinux tags of all wheels: 2.12 for TensorFlow 2.4 to 2.8, 2.17 for 2.9 to 2.20, "
        "2.27 for 2.21; tensorflow#1324 and tensorflow#62755",
    ),
    *(
        Rule(
            id="R68",
            severity="error",
            package="machine",
            when=when,
            absent=absent,
            condition=condition,
            why="this Python is made for Intel's processors and runs translated by Rosetta on an Apple silicon Mac, "
            "which has no AVX: TensorFlow for Intel is killed on import",
            symptoms=(
                "zsh: illegal hardware instruction",
                "The TensorFlow library was compiled to use AVX instructions, but these aren't available on your "
                "machine.",
            ),
            advice="install a Python for Apple silicon (arm64) and make the environment with it",
            evidence="read in tensorflow#44999, tensorflow#46178 and tensorflow#58339 (tensorflow-macos from 2.9 on)",
        )
        for when, absent, condition in (
            ({"tensorflow": ""}, (), "Rosetta with a published build"),
            ({}, ("tensorflow",), "Rosetta"),
        )
    ),
)
