"""The manifest for Kubernetes: its parts fit each other and fcnn; the official schema, where it is installed."""

from pathlib import Path

import pytest
import yaml

from fcnn.cli.train import train
from fcnn.training.cluster_given import cluster_of

MANIFEST = Path(__file__).resolve().parents[1] / "configs" / "kubernetes" / "job.yaml"
DOCUMENTS = list(yaml.safe_load_all(MANIFEST.read_text(encoding="utf-8")))


def test_the_addresses_are_those_of_the_pods():
    service, job = DOCUMENTS
    spec, pod = job["spec"], job["spec"]["template"]["spec"]
    container = pod["containers"][0]
    command, *arguments = container["args"]
    assert command == "train"
    words = [each.replace("$(JOB_COMPLETION_INDEX)", "1") for each in arguments]
    # with the group's -h: a command remembers its option for help from the first time that it is used
    given = train.make_context("train", words, help_option_names=["-h", "--help"]).params
    cluster = cluster_of(given["workers"], given["index"], {})
    names = [f"{job['metadata']['name']}-{index}.{pod['subdomain']}" for index in range(spec["completions"])]
    assert cluster.addresses == tuple(f"{name}:{service['spec']['ports'][0]['port']}" for name in names)
    assert cluster.index == 1
    assert spec["parallelism"] == spec["completions"]
    assert service["spec"]["clusterIP"] == "None"
    assert service["metadata"]["name"] == pod["subdomain"]
    assert service["spec"]["selector"] == {"job-name": job["metadata"]["name"]}
    assert container["ports"][0]["containerPort"] == service["spec"]["ports"][0]["port"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["kind"])
def test_the_manifest_is_as_the_official_schema_has_it(document):
    kubernetes_validate = pytest.importorskip(
        "kubernetes_validate", reason="NOT TESTED: the schema of Kubernetes; pip install kubernetes-validate"
    )
    for version in (kubernetes_validate.latest_version(), "1.30"):
        kubernetes_validate.validate(document, version, strict=True)
