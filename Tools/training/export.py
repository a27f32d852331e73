"""Writes the ONNX files and their descriptions from checkpoints.

    python export.py pose --checkpoint RUN/last.pt --output DIR [--size 144 192] [--temperature 1]
    python export.py detector --checkpoint RUN/last.pt --output DIR

Batch norm is folded; weights of 1,000 values and more are stored as float16 with a Cast to float32 after them.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper

import export_networks

PREPARATION = {"mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375], "channel_order": "rgb"}


def store_as_half(model) -> None:
    """Large float32 initialisers become float16 ones behind a Cast."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 1000:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_f16"))
        casts.append(helper.make_node("Cast", [name + "_f16"], [name], to=onnx.TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)


def free_shapes(model, names, output_names) -> None:
    """Symbolic dimensions for the input and the output, and none in between."""
    del model.graph.value_info[:]
    for value, dims in ((model.graph.input[0], names), (model.graph.output[0], output_names)):
        for dim, name in zip(value.type.tensor_type.shape.dim, dims):
            if name:
                dim.dim_param = name
    shapes = {node.input[1] for node in model.graph.node if node.op_type == "Reshape"}
    for tensor in model.graph.initializer:
        if tensor.name in shapes:
            tensor.CopyFrom(numpy_helper.from_array(np.array([0, 6, -1], np.int64), tensor.name))
    for node in model.graph.node:
        if node.op_type == "Constant" and node.output[0] in shapes:
            node.attribute[0].t.CopyFrom(numpy_helper.from_array(np.array([0, 6, -1], np.int64)))


def write(network, example, path: Path, output_name, input_dims, output_dims) -> None:
    torch.onnx.export(network, example, str(path), input_names=["image"], output_names=[output_name], opset_version=13,
                      dynamo=False, do_constant_folding=True)
    model = onnx.load(path)
    free_shapes(model, input_dims, output_dims)
    store_as_half(model)
    model.producer_name, model.producer_version, model.doc_string = "posetrail-training", "", ""
    onnx.checker.check_model(model)
    onnx.save(model, path)


def check(network, path: Path, example) -> None:
    session = onnxruntime.InferenceSession(str(path))
    with torch.no_grad():
        difference = np.abs(session.run(None, {"image": example.numpy()})[0] - network(example).numpy()).max()
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB; largest difference to PyTorch for {tuple(example.shape)}: {difference:.4f}")


def export_pose(a) -> None:
    network, path = export_networks.pose(a.checkpoint, a.weights), a.output / "pose-coco17.onnx"
    if a.temperature != 1:
        network.head.weight.data /= a.temperature
        network.head.bias.data /= a.temperature
    w, h = a.size
    write(network, torch.randn(1, 3, h, w), path, "heatmaps", ["batch", None, None, None], ["batch", None, None, None])
    check(network, path, torch.randn(3, 3, h, w))
    description = {"kind": "pose", "model": path.name, "input_size": [w, h], **PREPARATION, "padding": 1.25, "keypoint_set": "coco17",
                   "codec": {"type": "heatmap_softmax", "stride": 4, "temperature": 1.0, "null_logit": 0.0}}
    path.with_suffix(".json").write_text(json.dumps(description, indent=2) + "\n")


def export_detector(a) -> None:
    network, path = export_networks.detector(a.checkpoint, a.weights), a.output / "person-detector.onnx"
    with torch.no_grad():
        write(network, torch.randn(1, 3, 224, 384), path, "boxes", ["batch", None, "height", "width"], ["batch", "anchors", None])
    check(network, path, torch.randn(1, 3, 384, 256))
    description = {"kind": "detector", "model": path.name, "input_size": [384, 224], **PREPARATION,
                   "letterbox": {"position": "top_left", "value": 114, "longest_side": 384, "multiple": 32},
                   "format": "yolox", "strides": [8, 16, 32], "classes": ["person"],
                   "score_threshold": a.score_threshold, "nms_threshold": a.nms_threshold}
    path.with_suffix(".json").write_text(json.dumps(description, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kind", choices=("pose", "detector"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--size", type=int, nargs=2, default=(144, 192), metavar=("W", "H"))
    parser.add_argument("--weights", choices=("average", "network"), default="average", help="averaged or last weights")
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--score-threshold", type=float, default=0.35)
    parser.add_argument("--nms-threshold", type=float, default=0.55)
    a = parser.parse_args()
    a.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    export_pose(a) if a.kind == "pose" else export_detector(a)


if __name__ == "__main__":
    main()
