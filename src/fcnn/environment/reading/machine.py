"""The machine under the running interpreter: processor, word length, libc, and whether code is translated.

What is read comes through small functions that tests can replace; what it means is worked out by pure functions.
"""

# ruff: noqa: PTH118, PTH123, PTH207
# (no pathlib: see packages.py)

import glob
import os
import re
import sys
from typing import Callable, Dict, FrozenSet, Optional

_ARM_64 = 0xAA64
"""IMAGE_FILE_MACHINE_ARM64 of Windows."""
_XSTATE_AVX = 4
"""The bit of Windows's enabled XSTATE features that stands for AVX."""
_PF_AVX, _PF_AVX2 = 39, 40
"""Numbers of features that Windows tells of; before Windows 10 2004 it answers 0 whatever the processor can do."""


def machine_facts() -> Dict[str, object]:
    """Read what :class:`fcnn.environment.Facts` says of the machine of the running interpreter.

    Takes about a millisecond, starts no process and never raises.

    Returns:
        The fields system, machine, bits, libc, translated and cpu_flags.
    """
    system = {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}.get(sys.platform, sys.platform)
    facts: Dict[str, object] = {
        "system": system,
        "machine": _machine(),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "libc": "",
        "translated": False,
        "cpu_flags": None,
    }
    if system == "Linux":
        cpuinfo = read_cpuinfo("/proc/cpuinfo")
        machine = str(facts["machine"])
        facts.update(
            libc=libc_version(_confstr, "/lib"),
            translated=translated_on_linux(cpuinfo, machine),
            cpu_flags=flags_of_linux(cpuinfo, machine),
        )
    elif system == "Darwin":
        facts.update(translated=translated_on_macos(_sysctl), cpu_flags=flags_of_macos(_sysctl))
    elif system == "Windows":
        facts.update(translated=_translated_on_windows(), cpu_flags=_flags_of_windows())
    return facts


# --- Linux ---


def read_cpuinfo(path: str) -> str:
    """The first processor, of perhaps many, in a file like Linux's /proc/cpuinfo; empty where there is none."""
    try:
        with open(path, "rb") as stream:
            return stream.read(16384).decode("ascii", "replace")
    except OSError:
        return ""


def flags_of_linux(cpuinfo: str, machine: str) -> Optional[FrozenSet[str]]:
    """What the processor can do, by the text of /proc/cpuinfo; None where it does not say."""
    found = re.search(r"^(flags|Features)[ \t]*:[ \t]*(\S.*)\n", cpuinfo, re.MULTILINE)
    if found is None or (found.group(1) == "Features" and _is_x86(machine)):
        return None  # of the real processor under an emulator, which says nothing of what is emulated
    return frozenset(found.group(2).split())


def translated_on_linux(cpuinfo: str, machine: str) -> bool:
    """Whether x86 code runs on another processor, as far as /proc/cpuinfo shows it.

    Rosetta in a virtual machine calls its processor VirtualApple; under qemu-user the file is that of the real
    (ARM) processor.
    """
    if not _is_x86(machine):
        return False
    return "VirtualApple" in cpuinfo or re.search(r"^CPU implementer[ \t]*:", cpuinfo, re.MULTILINE) is not None


def libc_version(confstr: Callable[[str], Optional[str]], folder: str) -> str:
    """``glibc 2.31`` or ``musl``, or empty where neither can be seen.

    Args:
        confstr: Answers ``CS_GNU_LIBC_VERSION`` as :func:`os.confstr` does.
        folder: Where musl's loader lies, ``/lib``.
    """
    try:
        answer = (confstr("CS_GNU_LIBC_VERSION") or "").strip()
    except (AttributeError, OSError, ValueError):  # musl knows the name and has no answer, or does not know it
        answer = ""
    if answer.startswith("glibc "):
        return answer
    return "musl" if glob.glob(os.path.join(glob.escape(folder), "ld-musl-*.so.1")) else ""


def _confstr(name: str) -> Optional[str]:
    return os.confstr(name)


def _is_x86(machine: str) -> bool:
    return machine.lower() in ("x86_64", "amd64", "i386", "i686")


# --- macOS ---


def flags_of_macos(sysctl: Callable[[str], Optional[bytes]]) -> Optional[FrozenSet[str]]:
    """What an Intel processor can do under macOS, in the words of Linux; None on Apple's own.

    Args:
        sysctl: The value of a name, as :func:`_sysctl` reads it.
    """
    words = _text(sysctl("machdep.cpu.features")) + " " + _text(sysctl("machdep.cpu.leaf7_features"))
    flags = {word.lower().replace(".", "_") for word in words.split()}
    if "avx1_0" in flags:
        flags.add("avx")
    for name, flag in (("hw.optional.avx1_0", "avx"), ("hw.optional.avx2_0", "avx2")):
        if _number(sysctl(name)):
            flags.add(flag)
    return frozenset(flags) if flags else None


def translated_on_macos(sysctl: Callable[[str], Optional[bytes]]) -> bool:
    """Whether this process runs under Rosetta 2."""
    return _number(sysctl("sysctl.proc_translated")) == 1


def _text(value: Optional[bytes]) -> str:
    return (value or b"").rstrip(b"\0").decode("ascii", "replace")


def _number(value: Optional[bytes]) -> int:
    return int.from_bytes(value or b"", sys.byteorder)


def _sysctl(name: str) -> Optional[bytes]:
    """The value of a name of macOS's sysctl; None where it is not known."""
    try:
        import ctypes

        call = ctypes.CDLL(None).sysctlbyname
        size = ctypes.c_size_t(0)
        if call(name.encode("ascii"), None, ctypes.byref(size), None, ctypes.c_size_t(0)):
            return None
        value = ctypes.create_string_buffer(size.value)
        if call(name.encode("ascii"), value, ctypes.byref(size), None, ctypes.c_size_t(0)):
            return None
        return value.raw[: size.value]
    except Exception:
        return None


# --- Windows ---


def flags_of_windows(feature: Callable[[int], bool], xstate: int) -> Optional[FrozenSet[str]]:
    """Whether the processor has AVX and AVX2, in the words of Linux; None where Windows is too old to tell.

    Args:
        feature: Answers as ``IsProcessorFeaturePresent`` does.
        xstate: The mask of ``GetEnabledXStateFeatures``, which every Windows 7 and later tells rightly.
    """
    if not xstate & _XSTATE_AVX:
        return frozenset({"sse2"})  # every 64-bit x86 has it: the flags are known, and AVX is not one of them
    if not feature(_PF_AVX):
        return None
    return frozenset({"sse2", "avx", "avx2"} if feature(_PF_AVX2) else {"sse2", "avx"})


def _flags_of_windows() -> Optional[FrozenSet[str]]:
    if not _is_x86(_machine()):
        return None
    try:
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        kernel.GetEnabledXStateFeatures.restype = ctypes.c_uint64
        return flags_of_windows(
            lambda number: bool(kernel.IsProcessorFeaturePresent(number)), kernel.GetEnabledXStateFeatures()
        )
    except Exception:
        return None


def _translated_on_windows() -> bool:
    """Whether x86 code runs on an ARM processor."""
    try:
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        own, native = ctypes.c_ushort(0), ctypes.c_ushort(0)
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        known = kernel.IsWow64Process2(process, ctypes.byref(own), ctypes.byref(native))
        return bool(known) and native.value == _ARM_64 and _is_x86(_machine())
    except Exception:
        return False


def _machine() -> str:
    # platform.machine() starts a process on Python 3.8 and asks a slow service on Windows with Python 3.13.
    if sys.platform != "win32":
        return os.uname().machine
    return os.environ.get("PROCESSOR_ARCHITEW6432") or os.environ.get("PROCESSOR_ARCHITECTURE", "")
