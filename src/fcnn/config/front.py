"""What stands before the first layer, as types: embeddings of numbers and of categories."""

from typing import Dict, Union

from fcnn.config.base import Annotated, Literal, Meta, Positive, PositiveFloat, Section

Several = Annotated[int, Meta(ge=2, le=1024)]


class Periodic(Section, tag_field="name", tag="periodic", frozen=True):
    """[x, cos(2 pi w x + b) W + c] of each number x, as RealMLP has it (Holzmueller et al., 2024)."""

    frequencies: Annotated[int, Meta(ge=1, le=1024, description="Cosines of each number")] = 16
    units: Annotated[Several, Meta(description="What a number becomes: itself, and one less made of it")] = 4
    sigma: Annotated[PositiveFloat, Meta(description="Standard deviation of the frequencies at the start")] = 0.1


class PiecewiseLinear(Section, tag_field="name", tag="piecewise_linear", frozen=True):
    """[x, e(x) W + c] of each number x, e(x) being the shares of bins that lie below it (Gorishniy et al., 2022)."""

    bins: Annotated[Several, Meta(description="Of each number, at most; between quantiles of the training rows")] = 48
    units: Annotated[Several, Meta(description="What a number becomes: itself, and one less made of it")] = 16


NumericEmbedding = Union[Periodic, PiecewiseLinear]
NumericEmbeddingName = Literal["periodic", "piecewise_linear"]
NUMERIC_EMBEDDINGS: Dict[str, type] = {"periodic": Periodic, "piecewise_linear": PiecewiseLinear}


class CategoricalEmbedding(Section, frozen=True):
    """Each level of a category becomes some numbers that are learnt."""

    units: Annotated[
        Union[Literal["auto"], Positive],
        Meta(description="How many; auto: 1.6 n^0.56 of a category of n levels, as fastai has it"),
    ] = "auto"
    min_levels: Annotated[
        Several, Meta(description="Categories with fewer, missing and rare ones counted, stay one-hot")
    ] = 10
