"""Writes a trained encoder as the package reads it: an int8 ONNX graph, and the tables."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from resume_processor.parsing.models.piece_features import FEATURES
from training.encoder.network import WIDTH, Body, Tagger

OPSET = 17


def export(tagger: Tagger, labels: Mapping[str, Any], folder: Path) -> None:
    """Write ``encoder.onnx``, ``encoder.npz`` and ``encoder.json`` (the names of the outputs)."""
    tagger.eval()
    write_graph(tagger.body, folder / "encoder.onnx")
    np.savez_compressed(folder / "encoder.npz", **tables_of(tagger))
    (folder / "encoder.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")


def write_graph(body: Body, target: Path) -> None:
    """The body with int8 weights; 7 bits of them, so that no processor's sums overflow."""
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            body,
            (torch.zeros(1, 8, WIDTH),),
            str(plain),
            input_names=["vectors"],
            output_names=["tags", "labels"],
            dynamic_axes={"vectors": {1: "pieces"}, "tags": {1: "pieces"}, "labels": {1: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )


def tables_of(tagger: Tagger) -> dict[str, np.ndarray[Any, Any]]:
    """Word vectors as int8 with a scale each; the small tables as float16."""
    words, scales = _packed(tagger.words.weight.numpy())
    features = np.concatenate([table.weight.detach().numpy() for table in tagger.features])
    offsets = np.cumsum([0, *(count for _, count in FEATURES[:-1])])
    return {
        "words": words,
        "scales": scales,
        "positions": tagger.positions.weight.detach().numpy().astype(np.float16),
        "features": features.astype(np.float16),
        "offsets": offsets.astype(np.int64),
        "flags": tagger.flags.weight.detach().numpy().T.astype(np.float16),
    }


def _packed(table: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    scales = np.abs(table).max(axis=1, keepdims=True) / 127.0
    return np.rint(table / np.maximum(scales, 1e-12)).astype(np.int8), scales.astype(np.float32)
