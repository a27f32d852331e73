"""Trains the person detector on the scenes; the trunk may start from the pose network's.

    python train_detector.py --data DIR --run DIR --minutes 60 --initial POSE_RUN/last.pt
"""

import argparse
from pathlib import Path

import torch

from box_data import LARGE, SMALL, BoxBatches
from box_loss import detector_loss
from networks import DetectorNetwork
from run import Run
from train_pose import normalised


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--initial", type=Path)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--peak", type=float, default=1.5e-3)
    parser.add_argument("--floor", type=float, default=0.02)
    parser.add_argument("--small-share", type=float, default=0.6, help="share of the time with small pictures")
    parser.add_argument("--mosaic", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    network = DetectorNetwork().to(memory_format=torch.channels_last).train()
    run = Run(a.run, network, a.peak, a.floor, a.minutes, initial=a.initial)
    batches = BoxBatches(a.data, a.batch, a.seed + run.step, a.mosaic)
    going = True
    while going:
        batches.shapes = SMALL if run.progress < a.small_share else LARGE
        images, boxes, kinds, background = batches.next()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = network(normalised(images))
        loss = detector_loss(outputs, torch.from_numpy(boxes), torch.from_numpy(kinds), torch.from_numpy(background))
        going = run.update(loss)


if __name__ == "__main__":
    main()
