"""Writes SimpleBaseline ResNet-50 and HRNet-W32 (256x192, 17 keypoints, random weights) as ONNX files with a free batch.

The networks are those of "Simple Baselines for Human Pose Estimation and Tracking" (Xiao et al., ECCV 2018) and "Deep
High-Resolution Representation Learning for Human Pose Estimation" (Sun et al., CVPR 2019), at full width: what a
runtime costs does not depend on the values of the weights.
"""

import pathlib
import sys

import torch
from torch import nn


def conv_bn(inputs, outputs, kernel, stride=1, relu=True):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if relu else nn.Sequential(*layers)


class Residual(nn.Module):
    """relu(body(x) + shortcut(x))."""

    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body, self.shortcut = body, shortcut or nn.Identity()

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def bottleneck(inputs, width, stride=1):
    body = nn.Sequential(
        conv_bn(inputs, width, 1), conv_bn(width, width, 3, stride), conv_bn(width, 4 * width, 1, relu=False)
    )
    same = inputs == 4 * width and stride == 1
    return Residual(body, None if same else conv_bn(inputs, 4 * width, 1, stride, relu=False))


def basic_block(width):
    return Residual(nn.Sequential(conv_bn(width, width, 3), conv_bn(width, width, 3, relu=False)))


def simple_baseline(keypoints=17):
    layers = [conv_bn(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for stage, blocks in enumerate([3, 4, 6, 3]):
        for block in range(blocks):
            layers.append(bottleneck(channels, 64 << stage, 2 if stage > 0 and block == 0 else 1))
            channels = 256 << stage
    for _ in range(3):
        layers += [nn.ConvTranspose2d(channels, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU(inplace=True)]
        channels = 256
    return nn.Sequential(*layers, nn.Conv2d(channels, keypoints, 1))


class Exchange(nn.Module):
    """One module of a stage: four residual blocks a branch, then every branch added into every other."""

    def __init__(self, widths, outputs):
        super().__init__()
        self.branches = nn.ModuleList(nn.Sequential(*[basic_block(width) for _ in range(4)]) for width in widths)
        self.paths = nn.ModuleList(
            nn.ModuleList(self.path(widths, source, target) for source in range(len(widths)))
            for target in range(outputs)
        )

    @staticmethod
    def path(widths, source, target):
        if source > target:
            up = nn.Upsample(scale_factor=2 ** (source - target), mode="nearest")
            return nn.Sequential(conv_bn(widths[source], widths[target], 1, relu=False), up)
        down = [conv_bn(widths[source], widths[source], 3, 2) for _ in range(target - source - 1)]
        if source < target:
            down.append(conv_bn(widths[source], widths[target], 3, 2, relu=False))
        return nn.Sequential(*down)

    def forward(self, branches):
        branches = [blocks(x) for blocks, x in zip(self.branches, branches)]
        return [torch.relu(sum(path(x) for path, x in zip(paths, branches))) for paths in self.paths]


class HRNet(nn.Module):
    def __init__(self, width=32, keypoints=17):
        super().__init__()
        widths = [width << branch for branch in range(4)]
        self.stem = nn.Sequential(
            conv_bn(3, 64, 3, 2), conv_bn(64, 64, 3, 2), bottleneck(64, 64), *[bottleneck(256, 64) for _ in range(3)]
        )
        self.first = nn.ModuleList([conv_bn(256, widths[0], 3), conv_bn(256, widths[1], 3, 2)])
        self.second = conv_bn(widths[1], widths[2], 3, 2)
        self.third = conv_bn(widths[2], widths[3], 3, 2)
        self.stage2 = Exchange(widths[:2], 2)
        self.stage3 = nn.Sequential(*[Exchange(widths[:3], 3) for _ in range(4)])
        self.stage4 = nn.Sequential(*[Exchange(widths, outputs) for outputs in [4, 4, 1]])
        self.head = nn.Conv2d(widths[0], keypoints, 1)

    def forward(self, image):
        x = self.stem(image)
        branches = self.stage2([layer(x) for layer in self.first])
        branches = self.stage3([*branches, self.second(branches[-1])])
        branches = self.stage4([*branches, self.third(branches[-1])])
        return self.head(branches[0])


MODELS = {"simple-baseline-resnet50": simple_baseline, "hrnet-w32": HRNet}


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in MODELS.items():
        torch.manual_seed(0)
        network = make().eval()
        torch.onnx.export(
            network, torch.zeros(1, 3, 256, 192), folder / f"{name}.onnx", opset_version=17, dynamo=False,
            input_names=["input"], output_names=["output"], dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        )


if __name__ == "__main__":
    main(sys.argv[1])
