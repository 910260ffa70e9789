"""The manifests for KubeRay: written down here is what its v1 custom resources have, as far as they use it.

They were validated against the published schemas (CustomResourceDefinitions of KubeRay 1.7.0), which are two megabytes.
"""

import copy
import re
from pathlib import Path

import pytest
import yaml

from fcnn.cli.train import train

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "configs" / "kubernetes"
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

TEXTS = {str: str}
"""A mapping of texts to texts."""
CONTAINER = {
    "name": str,
    "image": str,
    "ports": [{"containerPort": int, "name": str}],
    "env": [{"name": str, "value": str}],
    "resources": {"requests": TEXTS, "limits": TEXTS},
    "volumeMounts": [{"name": str, "mountPath": str}],
}
VOLUME = {
    "name": str,
    "persistentVolumeClaim": {"claimName": str},
    "emptyDir": {"medium": str, "sizeLimit": str},
}
TERM = {"weight": int, "podAffinityTerm": {"topologyKey": str, "labelSelector": {"matchLabels": TEXTS}}}
POD = {
    "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [TERM]}},
    "containers": [CONTAINER],
    "volumes": [VOLUME],
}
GROUP = {"rayStartParams": TEXTS, "template": {"spec": POD}}
CLUSTER = {
    "rayVersion": str,
    "headGroupSpec": GROUP,
    "workerGroupSpecs": [{"groupName": str, "replicas": int, "minReplicas": int, "maxReplicas": int, **GROUP}],
}
JOB = {
    "entrypoint": str,
    "shutdownAfterJobFinishes": bool,
    "ttlSecondsAfterFinished": int,
    "backoffLimit": int,
    "rayClusterSpec": CLUSTER,
}
KINDS = {"RayCluster": CLUSTER, "RayJob": JOB}
REQUIRED = {"headGroupSpec", "rayStartParams", "template", "spec", "containers", "name", "groupName"}
"""Wherever a mapping of such a kind could have it; ``minReplicas`` and ``maxReplicas`` of a group have defaults."""


def load(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def faults(value, shape, path=""):
    """Where a manifest has another form than its kind."""
    if shape is TEXTS:
        if not isinstance(value, dict):
            return [f"{path}: no mapping"]
        return [f"{path}.{key}: no text" for key, inner in value.items() if type(inner) is not str]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{path}: no mapping"]
        found = [f"{path}.{key}: unknown" for key in value if key not in shape]
        found += [f"{path}.{key}: missing" for key in shape if key in REQUIRED and key not in value]
        return found + [
            fault for key in value if key in shape for fault in faults(value[key], shape[key], f"{path}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: no list"]
        return [fault for number, each in enumerate(value) for fault in faults(each, shape[0], f"{path}[{number}]")]
    return [] if type(value) is shape else [f"{path}: no {shape.__name__}"]


def all_faults(document):
    assert set(document) == {"apiVersion", "kind", "metadata", "spec"}
    assert document["apiVersion"] == "ray.io/v1"
    return faults(document["spec"], KINDS[document["kind"]], "spec")


def cluster_of(name):
    spec = load(name)["spec"]
    return spec.get("rayClusterSpec", spec)


def pods(cluster):
    return [group["template"]["spec"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])]


MANIFESTS = pytest.mark.parametrize("name", ["raycluster.yaml", "rayjob.yaml"])


def test_there_is_one_of_each_kind() -> None:
    assert [load(name)["kind"] for name in ("raycluster.yaml", "rayjob.yaml")] == ["RayCluster", "RayJob"]


@MANIFESTS
def test_a_manifest_has_the_form_of_its_kind(name) -> None:
    assert all_faults(load(name)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda spec: spec["workerGroupSpecs"][0].update(replicass=2),
            "spec.workerGroupSpecs[0].replicass: unknown",
            id="unknown key",
        ),
        pytest.param(lambda spec: spec.pop("headGroupSpec"), "spec.headGroupSpec: missing", id="no head"),
        pytest.param(
            lambda spec: spec["headGroupSpec"]["rayStartParams"].update({"num-cpus": 0}),
            "spec.headGroupSpec.rayStartParams.num-cpus: no text",
            id="a number that must be text",
        ),
        pytest.param(lambda spec: spec.update(rayVersion=2.1), "spec.rayVersion: no str", id="a version as a number"),
    ],
)
def test_another_form_is_seen(change, fault) -> None:
    document = copy.deepcopy(load("raycluster.yaml"))
    change(document["spec"])
    assert all_faults(document) == [fault]


@MANIFESTS
def test_ray_is_the_one_of_the_extra(name) -> None:
    version = re.search(r"ray\[train\]==([\d.]+); python_version < '3.9'", PYPROJECT)
    assert version is not None
    assert cluster_of(name)["rayVersion"] == version[1]


@MANIFESTS
def test_all_nodes_have_the_same_image_and_the_table_under_the_same_path(name) -> None:
    containers = [pod["containers"][0] for pod in pods(cluster_of(name))]
    assert len(containers) == 2
    assert {each["image"] for each in containers} == {"fcnn-ray:0.1.0"}
    assert all({"name": "data", "mountPath": "/work"} in each["volumeMounts"] for each in containers)
    assert all({volume["name"] for volume in pod["volumes"]} == {"data", "memory"} for pod in pods(cluster_of(name)))


@MANIFESTS
def test_no_worker_is_put_on_the_head(name) -> None:
    assert cluster_of(name)["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(load("rayjob.yaml")["spec"]["entrypoint"], id="job"),
        pytest.param((FOLDER / "raycluster.yaml").read_text(encoding="utf-8"), id="comment"),
    ],
)
def test_the_command_has_options_that_there_are(text) -> None:
    command = re.search(r"fcnn train (/work/\S+) (--.*)", text)
    assert command is not None
    options = {option for parameter in train.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", command[2])) == {"--ray", "--run-dir"} <= options
