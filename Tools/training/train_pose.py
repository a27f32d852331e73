"""Trains the pose network on the crops.

    python train_pose.py --data DIR --run RUN --minutes 80

The first part of the time goes to pictures of two thirds of the size, where a step costs less than half.
"""

import argparse
from pathlib import Path

import torch
from torch.nn import functional as F

from ahead import batches_ahead
from decode_pose import tolerances
from exported_weights import convolutions, take
from networks import PoseNetwork
from pose_data import PoseBatches
from run import Run

MEAN = torch.tensor([123.675, 116.28, 103.53]).view(1, 3, 1, 1)
STD = torch.tensor([58.395, 57.12, 57.375]).view(1, 3, 1, 1)


def normalised(images):
    """Batch of h×w×3 RGB bytes to what the network takes, channels last."""
    x = images.permute(0, 3, 1, 2)
    return ((x - MEAN.to(x.device)) / STD.to(x.device)).contiguous(memory_format=torch.channels_last)


def target_deviations(height):
    """17 standard deviations of the targets in cells of a map: narrower where OKS forgives less."""
    return (0.45 * torch.tensor(tolerances(height), dtype=torch.float32)).clamp(height * 0.7 / 48, height / 32)


def gaussian(centres, length, deviations):
    """n×17 positions in cells to n×17×length weights that sum to one."""
    cells = torch.arange(length, dtype=torch.float32, device=centres.device)
    return torch.softmax(-(cells - centres[..., None]) ** 2 / (2 * deviations[:, None] ** 2), -1)


def heatmap_loss(logits, positions, weights, absent, absent_weight=0.2):
    """Cross-entropy of each map's softmax, with one more cell of logit 0 for "not here", against a Gaussian."""
    logits = logits.float()
    height, width = logits.shape[2:]
    cells = positions / 4
    deviations = target_deviations(height).to(logits.device)
    gx, gy = gaussian(cells[..., 0], width, deviations), gaussian(cells[..., 1], height, deviations)
    expected = torch.einsum("njyx,njy,njx->nj", logits, gy, gx)
    normaliser = F.softplus(logits.flatten(2).logsumexp(-1))
    loss = weights * (normaliser - expected) + absent_weight * absent * normaliser
    return loss.sum() / (weights.sum() + absent_weight * absent.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--size", type=int, nargs=2, default=(144, 192), metavar=("W", "H"))
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--small-size", type=int, nargs=2, default=(96, 128), metavar=("W", "H"))
    parser.add_argument("--small-share", type=float, default=0.75, help="share of the time with small pictures")
    parser.add_argument("--initial", type=Path, help="an exported network to start from")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--peak", type=float, default=2e-3)
    parser.add_argument("--floor", type=float, default=0.01)
    parser.add_argument("--coco-share", type=float, default=0.6)
    parser.add_argument("--augmentation", type=float, default=1.0, help="strength of rotation, scale, shift, half bodies, occluders")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that make batches")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = parser.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    network = PoseNetwork().to(a.device, memory_format=torch.channels_last).train()
    source = PoseBatches(a.data, a.batch, a.size, a.coco_share, a.augmentation)
    if a.initial and not (a.run / "last.pt").exists():
        take(network, convolutions(a.initial), normalised(torch.from_numpy(source.make()[0]).to(a.device)))
    run = Run(a.run, network, a.peak, a.floor, a.minutes)
    batches, going = None, True
    while going:
        size = a.small_size if run.progress < a.small_share else a.size
        if batches is None or size is not source.size:
            source.size = size
            batches = batches_ahead(source, a.seed + run.step, a.workers)
        images, *labels = (x.to(a.device, non_blocking=True) for x in next(batches))
        with torch.autocast(a.device, torch.bfloat16):
            logits = network(normalised(images))
        going = run.update(heatmap_loss(logits, *labels))


if __name__ == "__main__":
    main()
