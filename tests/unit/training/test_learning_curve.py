from evaluation.metrics import Counts, summarise
from training.learning_curve import SHOWN, row


def test_a_row_has_a_figure_under_each_heading():
    figures = summarise([{"name": Counts(right=1, predicted=1, gold=1)}])
    size, *shown = row(63, figures).split("\t")
    assert size == "63"
    assert dict(zip(SHOWN, shown, strict=True))["contact"] == "1.000"
