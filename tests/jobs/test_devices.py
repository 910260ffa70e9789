"""What several devices do in another way than one."""

import pytest

from fcnn.jobs.devices import notes_on_sharing
from fcnn.jobs.prepare import prepare_job, read_request

LAYERS = "network.layers=[8, {units: 4, batch_normalization: true}]"


@pytest.mark.parametrize(
    ("words", "count", "said"),
    [
        pytest.param([LAYERS, "training.batch_size=22"], 2, ["of a batch, 11 rows"], id="two"),
        pytest.param([LAYERS, "training.batch_size=22"], 1, [], id="one"),
        pytest.param(["training.batch_size=22"], 2, [], id="no batch normalization"),
    ],
)
def test_batch_normalization_over_several_devices_is_noted(rare, words, count, said) -> None:
    notes = notes_on_sharing(prepare_job(read_request(rare, words, "name")), count)
    assert [note.severity for note in notes] == ["note"] * len(said)
    for note, words_ in zip(notes, said):
        assert note.message.endswith(words_)
