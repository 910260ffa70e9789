"""The figures of each epoch in the event files that TensorBoard shows, laid out as Keras's own callback does.

TensorFlow writes them; TensorBoard itself, which the current TensorFlow does not bring along, is needed only to look.
"""

import shutil
from pathlib import Path
from typing import Any, Dict, Mapping, Sequence

from fcnn.network.backend import tf

UNDATED = "epoch"
"""The column of the history that is the step."""
VALIDATION = "val_"


class EventFiles:
    """The event files of one training: ``train`` and, where there are figures of it, ``validation``."""

    def __init__(self, folder: Path, earlier: Sequence[Mapping[str, float]] = ()) -> None:
        """Write into a folder, which is made anew.

        Args:
            folder: what a process that was killed has left there may be epochs that are trained again.
            earlier: the rows of the history that are there already.
        """
        shutil.rmtree(str(folder), ignore_errors=True)
        self._folder = folder
        self._writers: Dict[str, Any] = {}
        for row in earlier:
            self.epoch(row)

    def close(self) -> None:
        """Close the files: the folder they are in is about to get another name, or to go."""
        for writer in self._writers.values():
            writer.close()

    def epoch(self, row: Mapping[str, float]) -> None:
        """Write the figures of an epoch; they can be looked at from then on.

        Args:
            row: of the history; each column but ``epoch`` becomes ``epoch_<column>``, those of validation in the
                ``validation`` files and without their ``val_``. The step is the epoch, counting from 1.
        """
        for name, value in row.items():
            if name != UNDATED:
                is_validation = name.startswith(VALIDATION)
                tag = f"epoch_{name[len(VALIDATION) :] if is_validation else name}"
                with self._writer("validation" if is_validation else "train").as_default():
                    # in the way of tf.summary.scalar, which needs the package tensorboard
                    tf.summary.write(tag, tf.constant(value, tf.float32), int(row[UNDATED]), _scalar())
        for writer in self._writers.values():
            writer.flush()

    def _writer(self, part: str) -> Any:
        if part not in self._writers:
            self._writers[part] = tf.summary.create_file_writer(str(self._folder / part))
        return self._writers[part]


def _scalar() -> Any:
    """What tells TensorBoard that a tensor is a point of a curve."""
    metadata = tf.compat.v1.SummaryMetadata(data_class="DATA_CLASS_SCALAR")
    metadata.plugin_data.plugin_name = "scalars"
    return metadata
