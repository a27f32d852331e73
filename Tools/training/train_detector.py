"""Trains the person detector on the scenes; the trunk may start from the pose network's.

    python train_detector.py --data DIR --run DIR --minutes 60 --initial POSE_RUN/last.pt
    python train_detector.py --data DIR --run DIR --minutes 40 --initial person-detector.onnx     # goes on from an exported one
"""

import argparse
from pathlib import Path

import torch

from ahead import batches_ahead
from box_data import LARGE, SMALL, BoxBatches
from box_loss import detector_loss
from exported_weights import detector_convolutions, take
from networks import DetectorNetwork
from run import Run
from train_pose import normalised


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--initial", type=Path, help="a checkpoint for the trunk, or an exported detector to go on from")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--peak", type=float, default=1.5e-3)
    parser.add_argument("--floor", type=float, default=0.02)
    parser.add_argument("--small-share", type=float, default=0.6, help="share of the time with small pictures")
    parser.add_argument("--mosaic", type=float, default=0.5, help="share of pictures that are put together of four")
    parser.add_argument("--company", type=float, default=0.4, help="share of pictures that get more people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that make batches")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = parser.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    network = DetectorNetwork().to(a.device, memory_format=torch.channels_last).train()
    source = BoxBatches(a.data, a.batch, a.mosaic, a.company, LARGE)
    exported = a.initial and a.initial.suffix == ".onnx"
    if exported and not (a.run / "last.pt").exists():
        take(network, detector_convolutions(a.initial), normalised(torch.from_numpy(source.make()[0]).to(a.device)))
    run = Run(a.run, network, a.peak, a.floor, a.minutes, initial=None if exported else a.initial)
    batches, going = None, True
    while going:
        shapes = SMALL if run.progress < a.small_share else LARGE
        if batches is None or shapes is not source.shapes:
            source.shapes = shapes
            batches = batches_ahead(source, a.seed + run.step, a.workers)
        images, *labels = (x.to(a.device, non_blocking=True) for x in next(batches))
        with torch.autocast(a.device, torch.bfloat16):
            outputs = network(normalised(images))
        going = run.update(detector_loss(outputs, *labels))


if __name__ == "__main__":
    main()
