"""Fine-tunes the encoder on labelled documents."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from training.encoder.network import Tagger
from training.encoder.sequences import UNLABELLED, Batch, Labelled, Window, batch, batches

#: A piece that is hidden from the encoder while it learns, and the first number of a real word.
MASK, FIRST_WORD = 103, 106


@dataclass(frozen=True, slots=True)
class Settings:
    """One cycle: AdamW, a rate that rises, then falls in a line to nothing."""

    epochs: int = 10
    rate: float = 3e-4  #: of the pretrained weights
    heads_rate: float = 1.5e-3  #: of what is new
    warm_up: float = 0.06  #: share of all steps
    least_rate: float = 0.02  #: of the highest
    window: int = 384  #: pieces that are read at once
    windows: int = 6  #: a batch, where all are full
    rendered_share: float = 0.35  #: of the rendered documents that an epoch takes
    hidden_words: float = 0.07
    hidden_features: float = 0.04
    hidden_flags: float = 0.1
    dropout: float = 0.1
    lines_weight: float = 0.5
    seed: int = 1


_AGAIN = Settings(epochs=8, window=320, windows=7)
_HARDER = replace(_AGAIN, rendered_share=0.3, hidden_words=0.1, dropout=0.12)

#: The shipped encoder was fitted in four cycles; each goes on from the one before.
CYCLES = (
    Settings(),
    replace(_AGAIN, rate=2.5e-4, rendered_share=0.25, seed=2),
    replace(_HARDER, rate=2.2e-4, seed=3),
    replace(_HARDER, rate=2e-4, seed=4),
)
#: Its weights are the mean of those at the end of so many cycles, the last ones.
AVERAGED = 3


def mean_weights(ends: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight over the ends of cycles (Izmailov et al., 2018).

    What no cycle changed stays to the last bit.
    """
    return {
        name: one if all(one.equal(end[name]) for end in ends) else _mean(end[name] for end in ends)
        for name, one in ends[0].items()
    }


def _mean(weights: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(weights)).mean(0)


def fit(
    tagger: Tagger,
    real: Sequence[Labelled],
    rendered: Sequence[Labelled],
    settings: Settings,
) -> None:
    """Train ``tagger`` for one cycle. The same machine makes the same of the same."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    for module in tagger.modules():
        if isinstance(module, nn.Dropout):
            module.p = settings.dropout
    plan = [_epoch(real, rendered, settings, rng) for _ in range(settings.epochs)]
    optimiser = _optimiser(tagger, settings)
    total, step = sum(map(len, plan)), 0
    for number, epoch in enumerate(plan):
        tagger.train()
        losses: list[float] = []
        for items in epoch:
            _set_rate(optimiser, step / total, settings)
            losses.append(_step(tagger, optimiser, batch(items), settings))
            step += 1
        print(f"epoch {number + 1}: loss {sum(losses) / len(losses):.4f}, {step} of {total} steps")


def _epoch(
    real: Sequence[Labelled], rendered: Sequence[Labelled], settings: Settings, rng: random.Random
) -> list[list[Window]]:
    some = rng.sample(list(rendered), int(len(rendered) * settings.rendered_share))
    return batches([*real, *some], settings.window * settings.windows, settings.window, rng)


def _optimiser(tagger: Tagger, settings: Settings) -> torch.optim.Optimizer:
    new = ("features.", "flags.", "body.tags.", "body.labels.")
    named = [(n, p) for n, p in tagger.named_parameters() if p.requires_grad]
    old_ones = [p for n, p in named if not n.startswith(new)]
    new_ones = [p for n, p in named if n.startswith(new)]
    return torch.optim.AdamW(
        [
            {"params": old_ones, "peak": settings.rate},
            {"params": new_ones, "peak": settings.heads_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )


def _set_rate(optimiser: torch.optim.Optimizer, done: float, settings: Settings) -> None:
    rise = min(1.0, done / settings.warm_up)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * rise * max(settings.least_rate, 1.0 - done)


def _step(
    tagger: Tagger, optimiser: torch.optim.Optimizer, given: Batch, settings: Settings
) -> float:
    ids, features, flags = _partly_hidden(given, settings)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, labels = tagger(ids, features, flags, given.present)
    loss_of = nn.functional.cross_entropy
    loss = loss_of(tags.float().flatten(0, 1), given.tags.flatten(), ignore_index=UNLABELLED)
    lines = loss_of(labels.float().flatten(0, 1), given.labels.flatten(), ignore_index=UNLABELLED)
    if not lines.isnan():
        loss = loss + settings.lines_weight * lines
    loss.backward()
    nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return float(loss.detach())


def _partly_hidden(given: Batch, settings: Settings) -> tuple[Tensor, Tensor, Tensor]:
    """Some words, features and flags are hidden, so that none is relied on alone."""
    hide = (torch.rand(given.ids.shape) < settings.hidden_words) & (given.ids >= FIRST_WORD)
    ids = torch.where(hide, torch.tensor(MASK), given.ids)
    features = given.features * (torch.rand(given.features.shape) >= settings.hidden_features)
    flags = given.flags * (torch.rand(given.flags.shape) >= settings.hidden_flags)
    return ids, features, flags
