"""NVIDIA's driver and libraries as files tell them, and whether they suit TensorFlow."""

from dataclasses import replace
from pathlib import Path
from typing import Dict, Iterable, List, Optional, Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.facts import Gpu
from fcnn.environment.reading.gpu import libraries_of_packages, linux_driver, read_gpu, versions_in_names
from fcnn.environment.rules.gpu import BUILDS

NO_GPU = Gpu("", (), ())


def put(root: Path, *names: str, content: bytes = b"") -> None:
    """Make files below a folder that stands for the root of a file system."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (
            b"NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.57.02  Tue Jul 13 16:14:05 UTC 2021\nGCC: 9\n",
            "470.57.02",
        ),
        (b"NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.104.05  Release Build  (dvs)\n", "535.104.05"),
        (b"\xff\xfe", "unknown"),
        (b"", "unknown"),
    ],
)
def test_linux_tells_the_version_of_the_driver(tmp_path: Path, text: bytes, version: str) -> None:
    put(tmp_path, "proc/driver/nvidia/version", content=text)
    assert linux_driver(str(tmp_path)) == version


@pytest.mark.parametrize("file", ["dev/nvidia0", "usr/lib/wsl/lib/libcuda.so.1"])
def test_a_driver_that_tells_no_version_is_still_there(tmp_path: Path, file: str) -> None:
    put(tmp_path, file)
    assert linux_driver(str(tmp_path)) == "unknown"


@pytest.mark.parametrize(
    ("names", "cuda", "cudnn"),
    [
        (["libcudart.so", "libcudart.so.11.0", "libcudart.so.11.2.152"], {"11.2"}, set()),
        (["libcudart.so.11.0"], {"11"}, set()),
        (["libcudart.so.11.0.221", "libcudart.so.11.0"], {"11.0"}, set()),
        (["libcudart.so.12"], {"12"}, set()),
        (["libcudart.so.10.1", "libcudart.so.10.1.243"], {"10.1"}, set()),
        (["libcudnn.so.8", "libcudnn.so.8.1.0", "libcudnn.so", "libcudnn_ops_infer.so.8"], set(), {"8"}),
        (["cudart64_110.dll", "cudnn64_8.dll"], {"11"}, {"8"}),
        (["cudart64_101.dll", "cudnn64_7.dll"], {"10.1"}, {"7"}),
        (["cudart64_12.dll"], {"12"}, set()),
        (["libcudart.so.x", "libcudart.so.", "libcudart_static.a", "cudart.dll"], set(), set()),
    ],
)
def test_libraries_tell_their_versions_by_name(names: List[str], cuda: Iterable[str], cudnn: Iterable[str]) -> None:
    assert versions_in_names(names) == (cuda, cudnn)


def test_packages_tell_the_versions_that_they_bring(tmp_path: Path) -> None:
    put(
        tmp_path,
        "nvidia_cuda_runtime_cu12-12.3.101.dist-info/METADATA",
        "nvidia_cudnn_cu12-8.9.7.29.dist-info/METADATA",
        "nvidia_cublas_cu12-12.3.4.1.dist-info/METADATA",
    )
    assert libraries_of_packages([str(tmp_path), str(tmp_path / "missing"), "a\0b"]) == ({"12.3"}, {"8"})


def test_a_linux_with_cuda_is_read(tmp_path: Path) -> None:
    put(tmp_path, "proc/driver/nvidia/version", content=b"NVRM version: Kernel Module  470.57.02  Tue\n")
    put(tmp_path, "usr/local/cuda-11.2/lib64/libcudart.so.11.2.152", "mine/libcudnn.so.8.1.0")
    put(tmp_path, "opt/toolkit/libcudart.so.10.1.243", "env/lib/libcudnn.so.7.6.5")
    cache = f"ld.so-1.7.0\0libcudart.so.10.1\0{tmp_path}/opt/toolkit/libcudart.so.10.1\0".encode()
    put(tmp_path, "etc/ld.so.cache", content=cache)
    site = tmp_path / "env/lib/python3.8/site-packages"
    put(site, "nvidia_cuda_runtime_cu12-12.3.101.dist-info/METADATA", "nvidia_cudnn_cu12-8.9.7.29.dist-info/METADATA")
    put(site, "nvidia_cuda_runtime_cu11-11.2.152.dist-info/METADATA")  # as the toolkit has it
    found = read_gpu([str(site)], "Linux", {"LD_LIBRARY_PATH": f":{tmp_path}/mine:/missing"}, str(tmp_path))
    assert found == Gpu("470.57.02", ("10.1", "11.2", "12.3"), ("7", "8"), ("CUDA 12.3",))


def test_a_windows_with_cuda_is_read(tmp_path: Path) -> None:
    put(tmp_path, "Windows/System32/nvcuda.dll", "CUDA/v11.2/bin/cudart64_110.dll", "tools/cudnn64_8.dll")
    environment = {
        "SystemRoot": str(tmp_path / "Windows"),
        "CUDA_PATH": str(tmp_path / "CUDA" / "v11.2"),
        "PATH": f'C:\\missing;"{tmp_path / "tools"}"',
    }
    assert read_gpu([], "Windows", environment) == Gpu("unknown", ("11",), ("8",))


@pytest.mark.parametrize("system", ["Linux", "Windows", "Darwin", "FreeBSD"])
def test_without_a_driver_there_is_no_gpu(tmp_path: Path, system: str) -> None:
    put(tmp_path, "usr/local/cuda/lib64/libcudart.so.11.2.152")
    assert read_gpu([str(tmp_path)], system, {}, str(tmp_path)) == NO_GPU


def test_odd_names_in_variables_break_nothing(tmp_path: Path) -> None:
    put(tmp_path, "dev/nvidia0")
    odd = {"LD_LIBRARY_PATH": "a\0b:\udcff:::", "PATH": ";;a\0b", "SystemRoot": "a\0b"}
    assert read_gpu(["a\0b"], "Linux", odd, str(tmp_path)) == Gpu("unknown", (), ())
    assert read_gpu(["a\0b"], "Windows", odd, str(tmp_path)) == NO_GPU
    assert isinstance(read_gpu([]), Gpu)


# --- the rules ---


def told(
    tensorflow: str,
    gpu: Optional[Gpu],
    name: str = "tensorflow",
    system: str = "Linux",
    variables: Optional[Dict[str, str]] = None,
) -> Tuple[Tuple[str, str], ...]:
    """Rule and severity of what is found about the GPU."""
    facts = Facts(packages={name: tensorflow}, complete=False, gpu=gpu, system=system, variables=variables or {})
    return tuple((item.rule, item.severity) for item in judge(facts).findings if item.package == "gpu")


MISSING = (("R70", "warning"),)


@pytest.mark.parametrize(
    ("tensorflow", "cuda", "cudnn", "expected"),
    [
        ("2.4.0", ("11.0",), ("8",), ()),
        ("2.4.0", ("11",), ("8",), ()),
        ("2.4.0", ("11.2",), ("8",), MISSING),
        ("2.4.0", ("11.0",), (), MISSING),
        ("2.4.0", ("11.0",), ("7",), MISSING),
        ("2.10.1", ("11.8",), ("8",), ()),
        ("2.10.1", ("12.3",), ("8",), MISSING),
        ("2.10.1", ("11.0",), ("8",), MISSING),
        ("2.10.1", ("10.1", "11.2"), ("7", "8"), ()),
        ("2.15.1", ("11.8",), ("8",), MISSING),
        ("2.15.1", ("12",), ("8",), ()),
        ("2.21.0", ("12.5",), ("8",), MISSING),
        ("2.21.0", ("12.5",), ("9",), ()),
        ("2.21.0", ("13.0",), ("9",), MISSING),
        ("2.21.0", (), (), MISSING),
        ("2.22.0", (), (), ()),
    ],
)
def test_a_gpu_that_this_tensorflow_cannot_use_is_a_warning(
    tensorflow: str, cuda: Tuple[str, ...], cudnn: Tuple[str, ...], expected: object
) -> None:
    assert told(tensorflow, Gpu("470.57.02", cuda, cudnn)) == expected


@pytest.mark.parametrize(
    ("tensorflow", "advice"),
    [
        (
            "2.4.0",
            "install CUDA 11.0 and cuDNN 8.0, for example with "
            "`conda install -c conda-forge cudatoolkit=11.0 cudnn=8.0`",
        ),
        ("2.13.1", "install CUDA 11.8 and cuDNN 8.6, and name the folders of their libraries in LD_LIBRARY_PATH"),
        (
            "2.18.1",
            '`pip install "tensorflow[and-cuda]==2.18.1"` brings them; otherwise install CUDA 12.5 and cuDNN 9.3',
        ),
    ],
)
def test_the_advice_is_that_of_this_tensorflow(tensorflow: str, advice: str) -> None:
    facts = Facts(packages={"tensorflow": tensorflow}, complete=False, gpu=Gpu("470.57.02", ("10.2",), ()))
    (finding,) = (item for item in judge(facts).findings if item.rule == "R70")
    assert finding.fix == advice
    assert finding.why.endswith("and there is CUDA 10.2")


@pytest.mark.parametrize(
    ("tensorflow", "expected"),
    [("2.13.1", MISSING), ("2.15.1", ()), ("2.16.1", MISSING), ("2.17.0", ())],
    ids=["before it looks there", "from 2.14 on", "2.16 does not find them", "later ones do"],
)
def test_libraries_of_packages_count_from_2_14_on(tensorflow: str, expected: object) -> None:
    cuda = "11.8" if tensorflow == "2.13.1" else "12.3"
    gpu = Gpu("535.104.05", (cuda,), ("8",), (f"CUDA {cuda}", "cuDNN 8"))
    assert told(tensorflow, gpu) == expected


@pytest.mark.parametrize("name", ["tensorflow-cpu", "tensorflow-intel", "tensorflow-cpu-aws"])
def test_a_tensorflow_without_gpu_support_is_left_alone(name: str) -> None:
    assert told("2.15.1", Gpu("470.57.02", (), ()), name) == ()


def test_on_windows_a_gpu_is_used_up_to_2_10() -> None:
    gpu = Gpu("unknown", (), ())
    assert told("2.10.1", gpu, system="Windows") == MISSING
    assert told("2.10.1", Gpu("unknown", ("11",), ("8",)), system="Windows") == ()
    assert told("2.11.0", gpu, system="Windows") == (("R71", "note"),)


@pytest.mark.parametrize("value", ["-1", ""])
def test_a_hidden_gpu_is_a_note_and_not_missed(value: str) -> None:
    assert told("2.21.0", Gpu("470.57.02", (), ()), variables={"CUDA_VISIBLE_DEVICES": value}) == (("R75", "note"),)
    assert told("2.21.0", Gpu("470.57.02", (), ()), variables={"CUDA_VISIBLE_DEVICES": "0"}) == MISSING


def test_without_a_gpu_nothing_is_said_of_cuda() -> None:
    assert told("2.4.0", NO_GPU) == ()
    assert told("2.4.0", None) == ()


def test_builds_follow_each_other() -> None:
    edges = [build.tensorflow.replace(">=", "").split(",<") for build in BUILDS]
    assert [first for first, _ in edges[1:]] == [end for _, end in edges[:-1]]
    assert replace(Facts(), gpu=NO_GPU).gpu == NO_GPU
