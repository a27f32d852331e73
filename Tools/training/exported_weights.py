"""Weights of an exported network as a start for more training.

The export folds batch norm into the convolutions. Here each batch norm is set so that, on one batch, it adds the folded bias
and leaves everything else as it is: weight = the batch's deviation, bias = the batch's mean + the folded bias.
"""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn


def convolutions(path: Path):
    """(weight, bias) of the file's convolutions, in order of execution."""
    graph = onnx.load(path).graph
    values = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()).float() for t in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in values:
            values[node.output[0]] = values[node.input[0]]
    return [(values[n.input[1]], values[n.input[2]]) for n in graph.node if n.op_type == "Conv"]


def detector_convolutions(path: Path):
    """The same for a detector, whose export has three heads and then, level by level, boxes and scores in two."""
    *rest, a, b, c = convolutions(path)[:-6]
    outputs = convolutions(path)[-6:]
    for head, (box, score) in zip((a, b, c), zip(outputs[::2], outputs[1::2])):
        rest += [head, tuple(torch.cat([boxes, scores[:1]]) for boxes, scores in zip(box, score))]
    return rest


@torch.no_grad()
def take(network: nn.Module, exported, batch: torch.Tensor) -> None:
    """Sets the network's values to an exported file's (`exported`, in order of execution); `batch` (n×3×h×w, normalised)
    gives the statistics."""
    pending = iter(exported)
    folded = {}

    def convolution(module, _):
        weight, bias = next(pending)
        module.weight.copy_(weight)
        if module.bias is None:
            folded["bias"] = bias
        else:
            module.bias.copy_(bias)

    def normalization(module, inputs):
        x = inputs[0].float()
        mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        module.running_mean.copy_(mean)
        module.running_var.copy_(variance)
        module.weight.copy_((variance + module.eps).sqrt())
        module.bias.copy_(mean + folded["bias"].to(mean.device))

    hooks = [m.register_forward_pre_hook(convolution) for m in network.modules() if isinstance(m, nn.Conv2d)]
    hooks += [m.register_forward_pre_hook(normalization) for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    network.train()(batch)
    for hook in hooks:
        hook.remove()
