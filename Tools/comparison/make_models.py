"""Writes SimpleBaseline ResNet-50, HRNet-W32 (256x192) and HigherHRNet-W32 (512x512, with tags) for 17 keypoints, and the detectors
of make_detectors.py, with random weights as ONNX files with a free batch.

The networks are those of "Simple Baselines for Human Pose Estimation and Tracking" (Xiao et al., ECCV 2018), "Deep
High-Resolution Representation Learning for Human Pose Estimation" (Sun et al., CVPR 2019) and "HigherHRNet" (Cheng et al.,
CVPR 2020), at full width, with batch normalisation folded into the convolutions as exporters do: what a runtime costs does
not depend on the values of the weights.
"""

import pathlib
import sys

import numpy
import onnx
from onnx import helper, numpy_helper

from make_detectors import rtmdet_nano, yolox_tiny


class Network:
    """A graph under construction. Layers take the name of a value and return that of their result."""

    def __init__(self):
        self.nodes, self.weights, self.channels = [], [], {"input": 3}
        self.random = numpy.random.default_rng(0)

    def add(self, operator, inputs, channels, **attributes):
        output = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        self.channels[output] = channels
        return output

    def weight(self, values):
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(numpy.float32), name))
        return name

    def parameters(self, shape, outputs, summed):
        """Weights and bias of the next layer, whose results are sums of `summed` products."""
        return self.random.normal(0, (1 / summed) ** 0.5, shape), numpy.zeros(outputs)

    def conv(self, x, outputs, kernel, stride=1, relu=True):
        inputs = self.channels[x]
        weights, bias = self.parameters((outputs, inputs, kernel, kernel), outputs, inputs * kernel * kernel)
        x = self.add(
            "Conv", [x, self.weight(weights), self.weight(bias)], outputs, kernel_shape=[kernel, kernel],
            strides=[stride, stride], pads=[kernel // 2] * 4)
        return self.relu(x) if relu else x

    def relu(self, x):
        return self.add("Relu", [x], self.channels[x])

    def sum(self, values):
        total = values[0]
        for value in values[1:]:
            total = self.add("Add", [total, value], self.channels[total])
        return total

    def deconv(self, x, outputs):
        """Twice as large, 4x4."""
        inputs = self.channels[x]
        weights, bias = self.parameters((inputs, outputs, 4, 4), outputs, 4 * inputs)
        x = self.add(
            "ConvTranspose", [x, self.weight(weights), self.weight(bias)], outputs, kernel_shape=[4, 4], strides=[2, 2],
            pads=[1, 1, 1, 1])
        return self.relu(x)

    def enlarge(self, x, factor):
        scales = self.weight(numpy.array([1, 1, factor, factor]))
        return self.add(
            "Resize", [x, "", scales], self.channels[x], mode="nearest",
            coordinate_transformation_mode="asymmetric", nearest_mode="floor")

    def bottleneck(self, x, width, stride=1):
        body = self.conv(self.conv(self.conv(x, width, 1), width, 3, stride), 4 * width, 1, relu=False)
        is_same = self.channels[x] == 4 * width and stride == 1
        return self.relu(self.sum([body, x if is_same else self.conv(x, 4 * width, 1, stride, relu=False)]))

    def basic_block(self, x):
        width = self.channels[x]
        return self.relu(self.sum([self.conv(self.conv(x, width, 3), width, 3, relu=False), x]))

    def save(self, outputs, height, width, path):
        """`outputs` are values with the part of the picture's size that they have."""
        float32 = onnx.TensorProto.FLOAT
        results = [
            helper.make_tensor_value_info(x, float32, ["batch", self.channels[x], height // part, width // part])
            for x, part in outputs
        ]
        picture = helper.make_tensor_value_info("input", float32, ["batch", 3, height, width])
        graph = helper.make_graph(self.nodes, path.stem, [picture], results, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)


def simple_baseline(network):
    x = network.conv("input", 64, 7, 2)
    x = network.add("MaxPool", [x], 64, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    for stage, blocks in enumerate([3, 4, 6, 3]):
        for block in range(blocks):
            x = network.bottleneck(x, 64 << stage, 2 if stage > 0 and block == 0 else 1)
    for _ in range(3):
        x = network.deconv(x, 256)
    return [(network.conv(x, 17, 1, relu=False), 4)]


def exchange(network, branches, outputs):
    """One module of a stage: four residual blocks a branch, then every branch added into every other."""
    widths = [network.channels[x] for x in branches]
    for _ in range(4):
        branches = [network.basic_block(x) for x in branches]

    def path(source, target):
        x = branches[source]
        if source > target:
            return network.enlarge(network.conv(x, widths[target], 1, relu=False), 2 ** (source - target))
        for step in range(target - source):
            is_last = step == target - source - 1
            x = network.conv(x, widths[target if is_last else source], 3, 2, relu=not is_last)
        return x

    return [
        network.relu(network.sum([path(source, target) for source in range(len(branches))])) for target in range(outputs)
    ]


def hrnet_features(network):
    x = network.conv(network.conv("input", 64, 3, 2), 64, 3, 2)
    for _ in range(4):
        x = network.bottleneck(x, 64)
    branches = exchange(network, [network.conv(x, 32, 3), network.conv(x, 64, 3, 2)], 2)
    branches.append(network.conv(branches[-1], 128, 3, 2))
    for _ in range(4):
        branches = exchange(network, branches, 3)
    branches.append(network.conv(branches[-1], 256, 3, 2))
    for outputs in [4, 4, 1]:
        branches = exchange(network, branches, outputs)
    return branches[0]


def hrnet(network):
    return [(network.conv(hrnet_features(network), 17, 1, relu=False), 4)]


def higher_hrnet(network):
    features = hrnet_features(network)
    lower = network.conv(features, 34, 1, relu=False)
    x = network.deconv(network.add("Concat", [features, lower], 32 + 34, axis=1), 32)
    for _ in range(4):
        x = network.basic_block(x)
    return [(lower, 4), (network.conv(x, 17, 1, relu=False), 2)]


BUILDERS = {
    "simple-baseline-resnet50": (simple_baseline, 256, 192),
    "hrnet-w32": (hrnet, 256, 192),
    "higherhrnet-w32": (higher_hrnet, 512, 512),
    "yolox-tiny": (yolox_tiny, 416, 416),
    "rtmdet-nano-person": (rtmdet_nano, 416, 416),
}


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (build, height, width) in BUILDERS.items():
        network = Network()
        network.save(build(network), height, width, folder / f"{name}.onnx")


if __name__ == "__main__":
    main(sys.argv[1])
