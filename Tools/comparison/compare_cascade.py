"""Cascade R-CNN X101-64x4d-FPN at 1333x800, torch beside posetrail: seconds a picture and peak memory, on the same random weights.

    python compare_cascade.py POSETRAIL [--threads 2] [--rounds 3] [--pictures 4]

POSETRAIL is the program. Both take the same pictures from decoded pixels to boxes: backbone, pyramid, the 1,000 best of the
proposals, three stages over all of them, suppression. Each runs in a process of its own; what reading the program's network takes is
found by a run with one picture and taken off. Needs torch and torchvision, and ffmpeg to write the pictures as a video.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import torch
import torchvision
from torch.nn import functional as F
from torchvision import ops

WIDTH, HEIGHT, CLASSES, STAGES, STRIDES = 1333, 800, 80, 3, (4, 8, 16, 32, 64)


def random_weights():
    """With the names that mmdetection gives them."""
    torch.manual_seed(0)
    backbone = torchvision.models.resnext101_64x4d(weights=None).eval().state_dict()
    weights = {f"backbone.{name}": value for name, value in backbone.items() if not name.startswith("fc.")}

    def layer(name, *shape):
        weights[f"{name}.weight"] = torch.randn(shape) * torch.tensor(shape[1:]).prod() ** -0.5
        weights[f"{name}.bias"] = torch.zeros(shape[0])

    for level in range(4):
        layer(f"neck.lateral_convs.{level}.conv", 256, 256 << level, 1, 1)
        layer(f"neck.fpn_convs.{level}.conv", 256, 256, 3, 3)
    layer("rpn_head.rpn_conv", 256, 256, 3, 3)
    layer("rpn_head.rpn_cls", 3, 256, 1, 1)
    layer("rpn_head.rpn_reg", 12, 256, 1, 1)
    for stage in range(STAGES):
        head = f"roi_head.bbox_head.{stage}"
        layer(f"{head}.shared_fcs.0", 1024, 256 * 49)
        layer(f"{head}.shared_fcs.1", 1024, 1024)
        layer(f"{head}.fc_cls", CLASSES + 1, 1024)
        layer(f"{head}.fc_reg", 4, 1024)
    return weights


class Cascade:
    def __init__(self, weights):
        self.weights = weights
        backbone = torchvision.models.resnext101_64x4d(weights=None).eval()
        own = {name.removeprefix("backbone."): value for name, value in weights.items() if name.startswith("backbone.")}
        backbone.load_state_dict(own, strict=False)
        self.backbone = torchvision.models._utils.IntermediateLayerGetter(
            backbone, {f"layer{stage + 1}": str(stage) for stage in range(4)})

    def conv(self, name, x):
        weight = self.weights[f"{name}.weight"]
        return F.conv2d(x, weight, self.weights[f"{name}.bias"], padding=weight.shape[-1] // 2)

    def linear(self, name, x):
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def pyramid(self, picture):
        sums = [self.conv(f"neck.lateral_convs.{level}.conv", x) for level, x in enumerate(self.backbone(picture).values())]
        for level in (2, 1, 0):
            sums[level] = sums[level] + F.interpolate(sums[level + 1], size=sums[level].shape[-2:])
        levels = [self.conv(f"neck.fpn_convs.{level}.conv", x) for level, x in enumerate(sums)]
        return [*levels, F.max_pool2d(levels[3], 1, 2)]

    def proposals(self, levels):
        boxes, scores, level_of = [], [], []
        for level, (x, stride) in enumerate(zip(levels, STRIDES)):
            x = F.relu(self.conv("rpn_head.rpn_conv", x))
            logits = self.conv("rpn_head.rpn_cls", x)[0].permute(1, 2, 0).reshape(-1)
            deltas = self.conv("rpn_head.rpn_reg", x)[0].permute(1, 2, 0).reshape(-1, 4)
            best = logits.sigmoid().topk(min(1000, len(logits)))
            cell, shape = best.indices // 3, best.indices % 3
            ratio = torch.tensor([0.5, 1, 2])[shape].sqrt()
            center = torch.stack([cell % x.shape[-1], cell // x.shape[-1]], -1) * stride
            half = torch.stack([8 * stride / ratio, 8 * stride * ratio], -1) / 2
            boxes.append(moved(torch.cat([center - half, center + half], -1), deltas[best.indices]))
            scores.append(best.values)
            level_of.append(torch.full_like(best.values, level))
        boxes, scores = torch.cat(boxes), torch.cat(scores)
        return boxes[ops.batched_nms(boxes, scores, torch.cat(level_of), 0.7)[:1000]]

    def regions(self, levels, boxes):
        size = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).clamp(min=0).sqrt()
        level_of = (size / 56 + 1e-6).log2().floor().clamp(0, 3)
        result = torch.zeros(len(boxes), 256, 7, 7)
        for level in range(4):
            chosen = (level_of == level).nonzero()[:, 0]
            result[chosen] = ops.roi_align(levels[level], [boxes[chosen]], 7, 1 / STRIDES[level], 0, aligned=True)
        return result.flatten(1)

    @torch.inference_mode()
    def __call__(self, picture):
        levels = self.pyramid(picture)
        boxes = self.proposals(levels)
        scores = 0
        for stage in range(STAGES):
            head = f"roi_head.bbox_head.{stage}"
            x = self.regions(levels, boxes)
            for layer in range(2):
                x = F.relu(self.linear(f"{head}.shared_fcs.{layer}", x))
            scores = scores + self.linear(f"{head}.fc_cls", x).softmax(-1) / STAGES
            boxes = moved(boxes, self.linear(f"{head}.fc_reg", x) * torch.tensor([0.1, 0.1, 0.2, 0.2]) / (stage + 1))
        box, kind = (scores[:, :-1] > 0.05).nonzero().T
        return ops.batched_nms(boxes[box], scores[box, kind], kind, 0.5)[:100]


def moved(boxes, deltas):
    size = boxes[:, 2:] - boxes[:, :2]
    center = boxes[:, :2] + size / 2 + deltas[:, :2] * size
    half = size * deltas[:, 2:].clamp(-4.135, 4.135).exp() / 2
    return ops.clip_boxes_to_image(torch.cat([center - half, center + half], -1), (HEIGHT, WIDTH))


def run_torch(folder, threads, pictures):
    torch.set_num_threads(threads)
    network = Cascade(torch.load(folder / "cascade.pth")["state_dict"])
    times = []
    for _ in range(pictures):
        picture = torch.randn(1, 3, HEIGHT, WIDTH)
        start = time.perf_counter()
        network(F.pad(picture, (0, -WIDTH % 32, 0, -HEIGHT % 32)))
        times.append(time.perf_counter() - start)
    print(json.dumps(sum(times) / len(times)))


def measured(command):
    """The output, the seconds, and the peak memory in MB of a command."""
    start = time.perf_counter()
    done = subprocess.run(["/usr/bin/env", "time", "-v", *map(str, command)], check=True, capture_output=True, text=True)
    peak = int(re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr).group(1)) / 1024
    return done.stdout, time.perf_counter() - start, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=4)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        torch.save({"state_dict": random_weights()}, folder / "cascade.pth")
        (folder / "cascade.json").write_text(json.dumps({
            "kind": "detector", "format": "rcnn", "input_size": [WIDTH, HEIGHT], "class_count": CLASSES, "person_class": 0,
            "mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375], "nms_threshold": 0.5, "max_boxes": 100,
            "score_threshold": 0.05, "checkpoint": "cascade.pth",
            "letterbox": {
                "position": "top_left", "value": None, "longest_side": WIDTH, "shortest_side": HEIGHT, "multiple": 32},
            "architecture": {"type": "rcnn", "depth": 101, "groups": 64, "group_width": 4, "stages": STAGES}}))
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size={WIDTH + 1}x{HEIGHT}", "-frames:v", str(a.pictures + 1),
             folder / "pictures.mkv"], check=True)

        def detect(pictures):
            return measured(
                [a.program, "detect", folder / "pictures.mkv", "--detector", folder / "cascade.json", "-o", folder / "boxes.json",
                 "--force", "--quiet", "--threads", a.threads, "--max-frames", pictures])

        for _ in range(a.rounds):
            output, _, peak = measured([sys.executable, __file__, "--torch", folder, a.threads, a.pictures])
            ours = detect(a.pictures + 1)
            seconds = (ours[1] - detect(1)[1]) / a.pictures
            print(
                f"torch {json.loads(output):.2f} s, {peak:.0f} MB; posetrail {seconds:.2f} s, {ours[2]:.0f} MB; "
                f"{json.loads(output) / seconds:.2f} times", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--torch"]:
        run_torch(pathlib.Path(sys.argv[2]), *map(int, sys.argv[3:]))
    else:
        main()
