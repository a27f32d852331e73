"""Fits SimpleBaseline ResNet-50 or HRNet-W32 to the people of some clips and writes it as make_models.py would.

    python fit_models.py hrnet-w32 hrnet.onnx --run DIR --minutes 40 --clip VIDEO POSES --clip …

Random weights tell what a network costs, not how its keypoints fare in bfloat16: that takes maps with peaks where joints
are. POSES is what `posetrail track VIDEO` writes, so the labels are another network's, and the fit knows those clips and
nothing else: something for compare-precision, not for use. Training is the published one in small: mean squared error of
Gaussians of two cells, the first half of the time with pictures of half the size. Needs the environment of Tools/training;
what was interrupted goes on from DIR.
"""

import argparse
import functools
import json
import math
import pathlib
import sys

import cv2
import numpy
import torch
from torch import nn
from torch.nn import functional as F

import make_models

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "training"))
from geometry import crop_matrix
from pose_data import FLIP
from run import Run
from train_pose import normalised

WIDTH, HEIGHT = 192, 256
# Crops reach this much further than the input, so that it may move within them.
MARGIN = 1.5
SURE = 0.3


class ChannelCounts:
    """Takes the place of the builder's record: a tensor knows its channels."""

    def __getitem__(self, x):
        return 3 if isinstance(x, str) else x.shape[1]


class TrainableNetwork(nn.Module):
    """What make_models builds, as layers that learn, each convolution with batch normalisation but the last."""

    bottleneck = make_models.Network.bottleneck
    basic_block = make_models.Network.basic_block

    def __init__(self, build):
        super().__init__()
        self.build, self.layers, self.channels = build, nn.ModuleList(), ChannelCounts()
        with torch.no_grad():
            self(torch.zeros(2, 3, HEIGHT, WIDTH))

    def forward(self, x):
        self.input, self.position = x, 0
        (heatmaps, _), = self.build(self)
        return heatmaps

    def layer(self, x, make):
        if self.position == len(self.layers):
            self.layers.append(make())
        self.position += 1
        return self.layers[self.position - 1](x)

    def conv(self, x, outputs, kernel, stride=1, relu=True):
        inputs, is_last = self.channels[x], outputs == 17

        def make():
            layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=is_last)
            if is_last:
                nn.init.normal_(layer.weight, std=0.001)
                return nn.Sequential(layer)
            nn.init.kaiming_normal_(layer.weight, mode="fan_out")
            return nn.Sequential(layer, nn.BatchNorm2d(outputs))

        x = self.layer(self.input if isinstance(x, str) else x, make)
        return self.relu(x) if relu else x

    def deconv(self, x, outputs):
        def make():
            layer = nn.ConvTranspose2d(x.shape[1], outputs, 4, 2, 1, bias=False)
            nn.init.normal_(layer.weight, std=(1 / (4 * x.shape[1])) ** 0.5)
            return nn.Sequential(layer, nn.BatchNorm2d(outputs))

        return self.relu(self.layer(x, make))

    def relu(self, x):
        return F.relu(x)

    def sum(self, values):
        return functools.reduce(torch.add, values)

    def enlarge(self, x, factor):
        return F.interpolate(x, scale_factor=float(factor), mode="nearest")

    def add(self, operator, inputs, channels, **attributes):
        assert operator == "MaxPool"
        return F.max_pool2d(inputs[0], 3, 2, 1)


class FoldedNetwork(make_models.Network):
    """The ONNX graph with the weights of a TrainableNetwork's state, batch normalisation folded in."""

    def __init__(self, state):
        super().__init__()
        self.state, self.position = {name: value.float().numpy() for name, value in state.items()}, 0

    def parameters(self, shape, outputs, summed):
        name = f"layers.{self.position}"
        self.position += 1
        weights = self.state[f"{name}.0.weight"]
        if f"{name}.1.weight" not in self.state:
            return weights, self.state[f"{name}.0.bias"]
        scale, shift, mean, variance = (
            self.state[f"{name}.1.{part}"] for part in ["weight", "bias", "running_mean", "running_var"])
        scale = scale / numpy.sqrt(variance + 1e-5)
        axes = (1, 2) if shape[2] == 4 else (1, 2, 3)      # of transposed convolutions, outputs come second
        return weights * numpy.expand_dims(scale, axes), shift - mean * scale


def people(video, poses):
    """Crops (288×384, RGB), keypoints in them, and which of these count, of everyone in a clip."""
    file = json.loads(pathlib.Path(poses).read_text())
    labels = {}
    for person in file["annotations"]:
        labels.setdefault(person["image_id"], []).append(person)
    reader = cv2.VideoCapture(str(video))
    for image in file["images"]:
        is_read, frame = reader.read()
        if not is_read:
            sys.exit(f"{video} ends before the frames of {poses}")
        for person in labels.get(image["id"], []):
            size = (round(WIDTH * MARGIN), round(HEIGHT * MARGIN))
            matrix = crop_matrix(person["bbox"], size, margin=MARGIN)
            crop = cv2.warpAffine(frame, matrix, size, flags=cv2.INTER_LINEAR)
            joints = numpy.array([value or 0 for value in person["pose"]], numpy.float32).reshape(-1, 3)
            yield crop[..., ::-1], joints[:, :2] * matrix[0, 0] + matrix[:, 2], joints[:, 2] >= SURE


class Batches:
    """Random crops around the people, mirrored, turned and scaled a little, with their heatmaps."""

    def __init__(self, clips):
        crops, joints, are_sure = zip(*(person for clip in clips for person in people(*clip)))
        self.crops = torch.from_numpy(numpy.stack(crops)).permute(0, 3, 1, 2)
        self.joints = torch.from_numpy(numpy.stack(joints)).float()
        self.are_sure = torch.from_numpy(numpy.stack(are_sure)).float()

    def make(self, count, shrink):
        """Pictures of HEIGHT/shrink × WIDTH/shrink × 3, heatmaps of a quarter of that, weights of the joints."""
        which = torch.randint(len(self.crops), (count,))
        angle, zoom = 0.1 * torch.randn(count).clamp(-2, 2), torch.exp(0.07 * torch.randn(count).clamp(-2, 2))
        is_mirrored = torch.rand(count) < 0.5
        mirror = torch.where(is_mirrored, -1.0, 1.0)
        shift = torch.randn(count, 2) * torch.tensor([3.0, 4.0])
        cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
        turn = torch.stack([torch.stack([cos * mirror, -sin * mirror], 1), torch.stack([sin, cos], 1)], 1)

        height, width = HEIGHT // shrink, WIDTH // shrink
        rows, columns = ((torch.arange(side) + 0.5) * shrink - side * shrink / 2 for side in [height, width])
        targets = torch.stack(torch.meshgrid(columns, rows, indexing="xy"), -1).reshape(1, -1, 2)
        sources = (targets - shift[:, None]) @ torch.linalg.inv(turn).transpose(1, 2)
        grid = sources / (torch.tensor([WIDTH, HEIGHT]) * MARGIN / 2)
        crops = F.avg_pool2d(self.crops[which].float(), shrink)
        pictures = F.grid_sample(crops, grid.reshape(count, height, width, 2), align_corners=False)
        gain, offset = torch.exp(0.08 * torch.randn(count, 3, 1, 1)), 6 * torch.randn(count, 1, 1, 1)
        pictures = (pictures * gain + offset).clamp(0, 255).permute(0, 2, 3, 1)

        # Keypoints count from the middle of the crop or picture.
        middle = (torch.tensor([WIDTH, HEIGHT]) * MARGIN - 1) / 2
        joints = (self.joints[which] - middle) @ turn.transpose(1, 2) + shift[:, None]
        joints = torch.where(is_mirrored[:, None, None], joints[:, FLIP], joints)
        weights = torch.where(is_mirrored[:, None], self.are_sure[which][:, FLIP], self.are_sure[which])
        weights = weights * (joints.abs() < torch.tensor([WIDTH, HEIGHT]) / 2).all(-1)
        vertical, horizontal = (
            gaussians(((joints[..., axis] + side * shrink / 2) / shrink - 0.5) / 4, side // 4, 2 / math.sqrt(shrink))
            for axis, side in [(1, height), (0, width)])
        return pictures, vertical[..., :, None] * horizontal[..., None, :], weights


def gaussians(centres, length, deviation):
    """n×17 positions in cells to n×17×length values up to 1."""
    return torch.exp(-((torch.arange(length) - centres[..., None]) ** 2) / (2 * deviation**2))


def loss(heatmaps, wanted, weights):
    error = ((heatmaps.float() - wanted) ** 2).mean((2, 3))
    return (error * weights).sum() / weights.sum() / wanted.pow(2).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    builders = {name: build for name, (build, *size) in make_models.BUILDERS.items() if size == [HEIGHT, WIDTH]}
    parser.add_argument("architecture", choices=builders)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--clip", nargs=2, action="append", required=True, metavar=("VIDEO", "POSES"))
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=16)
    a = parser.parse_args()
    torch.manual_seed(1)
    batches = Batches(a.clip)
    print(f"{len(batches.crops)} people", flush=True)
    build = builders[a.architecture]
    network = TrainableNetwork(build).to(memory_format=torch.channels_last).train()
    run = Run(a.run, network, peak=1e-3, floor=0.02, minutes=a.minutes, decay=0.99, weight_decay=0.01, warm_up=60)
    going = True
    while going:
        pictures, wanted, weights = batches.make(a.batch, 2 if run.progress < 0.5 else 1)
        with torch.autocast("cpu", torch.bfloat16):
            heatmaps = network(normalised(pictures))
        going = run.update(loss(heatmaps, wanted, weights))
    folded = FoldedNetwork(run.average)
    folded.save(build(folded), HEIGHT, WIDTH, a.output)


if __name__ == "__main__":
    main()
