"""Fits HigherHRNet-W32 to whole frames of some clips and writes a checkpoint with the names that mmpose 0.x gives its tensors.

    python fit_bottom_up.py higher.pth --run DIR --minutes 40 --clip VIDEO POSES --clip …

Random weights find nobody, so grouping can be seen to work only on a network that has learned something. POSES is what
`posetrail track VIDEO` writes, so the labels are another network's, and the fit knows those clips and nothing else. Training is the
published one in small: mean squared error of Gaussians of two cells at both resolutions, and tags that are pulled together within
people and pushed apart between them. Beside the checkpoint goes a description, with which `posetrail track --model` takes it. Needs
the environment of Tools/training; what was interrupted goes on from DIR.
"""

import argparse
import json
import pathlib
import sys

import cv2
import numpy
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "training"))
from pose_data import FLIP
from run import Run
from train_pose import normalised

WIDTH, JOINTS, SURE = 32, 17, 0.3


def conv_norm(inputs, outputs, kernel=3, stride=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]


class Basic(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(width, width)
        self.conv2, self.bn2 = conv_norm(width, width)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + x)


class Bottleneck(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(inputs, width, 1)
        self.conv2, self.bn2 = conv_norm(width, width)
        self.conv3, self.bn3 = conv_norm(width, 4 * width, 1)
        self.downsample = nn.Sequential(*conv_norm(inputs, 4 * width, 1)) if inputs != 4 * width else None

    def forward(self, x):
        y = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(self.bn3(self.conv3(y)) + (self.downsample(x) if self.downsample else x))


def shrinking(inputs, outputs, steps, ends_in_relu):
    layers = []
    for step in range(steps):
        is_last = step == steps - 1
        layers.append(nn.Sequential(
            *conv_norm(inputs, outputs if is_last else inputs, 3, 2), *([] if is_last and not ends_in_relu else [nn.ReLU()])))
    return nn.Sequential(*layers)


class Exchange(nn.Module):
    """Branches of four blocks each, and what every output gets from each of them."""

    def __init__(self, channels, outputs):
        super().__init__()
        self.branches = nn.ModuleList(nn.Sequential(*(Basic(width) for _ in range(4))) for width in channels)
        self.fuse_layers = nn.ModuleList(
            nn.ModuleList(self.bring(channels, source, target) for source in range(len(channels)))
            for target in range(outputs))

    @staticmethod
    def bring(channels, source, target):
        if source == target:
            return None
        if source < target:
            return shrinking(channels[source], channels[target], target - source, False)
        return nn.Sequential(
            *conv_norm(channels[source], channels[target], 1), nn.Upsample(scale_factor=2 ** (source - target)))

    def forward(self, inputs):
        seen = [branch(x) for branch, x in zip(self.branches, inputs)]
        return [F.relu(sum(way(x) if way else x for way, x in zip(ways, seen))) for ways in self.fuse_layers]


class HRNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(3, 64, 3, 2)
        self.conv2, self.bn2 = conv_norm(64, 64, 3, 2)
        self.layer1 = nn.Sequential(*(Bottleneck(64 if block == 0 else 256, 64) for block in range(4)))
        before = [256]
        for stage, modules in [(2, 1), (3, 4), (4, 3)]:
            channels = [WIDTH << branch for branch in range(stage)]
            changes = [
                (nn.Sequential(*conv_norm(before[branch], width), nn.ReLU()) if before[branch] != width else None)
                if branch < len(before) else shrinking(before[-1], width, branch + 1 - len(before), True)
                for branch, width in enumerate(channels)]
            setattr(self, f"transition{stage - 1}", nn.ModuleList(changes))
            setattr(self, f"stage{stage}", nn.Sequential(*(
                Exchange(channels, 1 if stage == 4 and module == modules - 1 else stage) for module in range(modules))))
            before = channels

    def forward(self, x):
        x = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        branches = [self.layer1(x)]
        for stage in [2, 3, 4]:
            changes = getattr(self, f"transition{stage - 1}")
            branches = [
                (change(branches[min(index, len(branches) - 1)]) if change else branches[index])
                for index, change in enumerate(changes)]
            branches = getattr(self, f"stage{stage}")(branches)
        return branches[0]


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.final_layers = nn.ModuleList([nn.Conv2d(WIDTH, 2 * JOINTS, 1), nn.Conv2d(WIDTH, JOINTS, 1)])
        enlarging = nn.Sequential(
            nn.ConvTranspose2d(WIDTH + 2 * JOINTS, WIDTH, 4, 2, 1, bias=False), nn.BatchNorm2d(WIDTH), nn.ReLU())
        self.deconv_layers = nn.ModuleList([nn.Sequential(enlarging, *(nn.Sequential(Basic(WIDTH)) for _ in range(4)))])

    def forward(self, x):
        lower = self.final_layers[0](x)
        return lower, self.final_layers[1](self.deconv_layers[0](torch.cat([x, lower], 1)))


class HigherHRNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone, self.keypoint_head = HRNet(), Head()
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
        for layer in self.keypoint_head.final_layers:
            nn.init.normal_(layer.weight, std=0.001)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.keypoint_head(self.backbone(x))


def frames(video, poses, shortest):
    """Frames (RGB) whose shorter side is `shortest`, and for each the keypoints of its people and which of these count."""
    file = json.loads(pathlib.Path(poses).read_text())
    labels = {}
    for person in file["annotations"]:
        labels.setdefault(person["image_id"], []).append(person["pose"])
    reader = cv2.VideoCapture(str(video))
    for image in file["images"]:
        is_read, frame = reader.read()
        if not is_read:
            sys.exit(f"{video} ends before the frames of {poses}")
        if image["id"] not in labels:
            continue
        factor = shortest / min(frame.shape[:2])
        small = cv2.resize(frame, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)[..., ::-1]
        joints = numpy.array([[v or 0 for v in pose] for pose in labels[image["id"]]], numpy.float32).reshape(-1, JOINTS, 3)
        yield small, (joints[..., :2] + 0.5) * factor - 0.5, joints[..., 2] >= SURE


class Batches:
    """Random squares out of the frames, mirrored and scaled a little."""

    def __init__(self, clips, size):
        self.size = size
        self.frames = [frame for clip in clips for frame in frames(*clip, size)]

    def make(self, count):
        pictures, people = [], []
        for index in torch.randint(len(self.frames), (count,)).tolist():
            frame, joints, are_sure = self.frames[index]
            zoom = float(torch.empty(1).uniform_(0.9, 1.2))
            slack = numpy.array(frame.shape[1::-1]) - self.size / zoom
            corner = torch.rand(2).numpy() * slack
            matrix = numpy.array([[zoom, 0, -corner[0] * zoom], [0, zoom, -corner[1] * zoom]])
            places, sure = joints * zoom + matrix[:, 2], are_sure
            if torch.rand(1) < 0.5:
                matrix = numpy.array([[-1, 0, self.size - 1], [0, 1, 0]]) @ numpy.vstack([matrix, [0, 0, 1]])
                places = numpy.stack([self.size - 1 - places[..., 0], places[..., 1]], -1)[:, FLIP]
                sure = sure[:, FLIP]
            pictures.append(cv2.warpAffine(frame, matrix, (self.size, self.size), flags=cv2.INTER_LINEAR))
            inside = sure & (places > 0).all(-1) & (places < self.size - 1).all(-1)
            people.append((torch.from_numpy(places).float(), torch.from_numpy(inside)))
        return torch.from_numpy(numpy.stack(pictures)).float(), people


def wanted(people, size, stride):
    """Gaussians of two cells around the keypoints of everybody."""
    cells = torch.arange(size // stride) + 0.5
    maps = torch.zeros(len(people), JOINTS, len(cells), len(cells))
    for target, (places, inside) in zip(maps, people):
        for person, joint in inside.nonzero().tolist():
            x, y = (torch.exp(-((cells - (p + 0.5) / stride) ** 2) / 8) for p in places[person, joint])
            target[joint] = torch.maximum(target[joint], y[:, None] * x)
    return maps


def tag_loss(tags, people, stride):
    """How far tags lie from their person's mean, and how near the means of two people."""
    pull, push = [], []
    for maps, (places, inside) in zip(tags, people):
        means = []
        for person in range(len(places)):
            joints = inside[person].nonzero()[:, 0]
            if len(joints) == 0:
                continue
            x, y = (places[person, joints] / stride).long().clamp(0, maps.shape[-1] - 1).T
            values = maps[joints, y, x]
            means.append(values.mean())
            pull.append(((values - means[-1]) ** 2).mean())
        if len(means) > 1:
            means = torch.stack(means)
            near = torch.exp(-((means[:, None] - means) ** 2))
            push.append((near.sum() - len(means)) / (len(means) * (len(means) - 1)))
    return sum(pull) / max(len(pull), 1) + sum(push) / max(len(push), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--clip", nargs=2, action="append", required=True, metavar=("VIDEO", "POSES"))
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--size", type=int, default=256, help="of the squares that are learned from")
    a = parser.parse_args()
    torch.manual_seed(1)
    batches = Batches(a.clip, a.size)
    print(f"{len(batches.frames)} frames", flush=True)
    network = HigherHRNet().to(memory_format=torch.channels_last).train()
    run = Run(a.run, network, peak=1e-3, floor=0.02, minutes=a.minutes, decay=0.98, weight_decay=0.01, warm_up=30)
    going = True
    while going:
        pictures, people = batches.make(a.batch)
        with torch.autocast("cpu", torch.bfloat16):
            lower, higher = network(normalised(pictures))
        error = 0
        for maps, stride in [(lower[:, :JOINTS], 4), (higher, 2)]:
            target = wanted(people, a.size, stride)
            error = error + ((maps.float() - target) ** 2).mean() / target.pow(2).mean().clamp(min=1e-4)
        going = run.update(error + 0.1 * tag_loss(lower[:, JOINTS:].float(), people, 4))
    torch.save({"state_dict": run.average}, a.output)
    a.output.with_suffix(".json").write_text(json.dumps({
        "kind": "bottom_up", "input_size": [a.size, a.size], "keypoint_set": "coco17", "codec": {"type": "heatmap_parser"},
        "architecture": {"backbone": {"type": "hrnet"}, "head": {"type": "higher_resolution"}}, "checkpoint": a.output.name}) + "\n")


if __name__ == "__main__":
    main()
