"""The detector's loss: task-aligned assignment, quality-weighted cross-entropy for scores, GIoU for boxes."""

import torch
from torch.nn import functional as F

STRIDES = (8, 16, 32)


def flatten(outputs):
    """Maps of the three levels to n×A×5 and the cell's column, row and stride (A×3)."""
    rows, cells = [], []
    for output, stride in zip(outputs, STRIDES):
        h, w = output.shape[2:]
        rows.append(output.float().flatten(2).transpose(1, 2))
        y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
        cells.append(torch.stack([x.flatten(), y.flatten(), torch.full((h * w,), stride)], 1).float().to(output.device))
    return torch.cat(rows, 1), torch.cat(cells)


def corners(rows, cells):
    """Decoded boxes: centre (x + column)·stride, size exp(w)·stride."""
    centre = (rows[..., :2] + cells[:, :2]) * cells[:, 2:]
    half = rows[..., 2:4].clamp(-4, 5).exp() * cells[:, 2:] / 2
    return torch.cat([centre - half, centre + half], -1)


def overlap(a, b, generalised=False):
    """IoU (or GIoU) of broadcastable corner boxes."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    inner = (high - low).clamp(min=0).prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - inner
    iou = inner / union.clamp(min=1e-6)
    if not generalised:
        return iou
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    return iou - (hull - union) / hull.clamp(min=1e-6)


@torch.no_grad()
def assign(scores, predicted, cells, boxes, kinds, top=10):
    """For each cell: the index of its box or −1, the target quality, and whether it lies in an ignored box."""
    points = (cells[:, :2] + 0.5) * cells[:, 2:]
    offsets = torch.cat([points[None, None] - boxes[:, :, None, :2], boxes[:, :, None, 2:] - points[None, None]], -1)
    inside = offsets.amin(-1) > 0
    person, ignored = kinds == 1, kinds == 2
    middle = (boxes[..., :2] + boxes[..., 2:]) / 2                    # small people: the nearest cells count as inside
    near = ((points[None, None] - middle[:, :, None]).abs().amax(-1) < 0.75 * cells[:, 2])
    candidate = (inside | near) & person[..., None]
    iou = overlap(boxes[:, :, None], predicted[:, None]).clamp(0, 1)
    metric = scores[:, None].sqrt() * iou**4 + 1e-9
    metric = metric * candidate
    value, index = metric.topk(top, -1)
    chosen = torch.zeros_like(metric, dtype=torch.bool).scatter_(-1, index, value > 0)
    best = torch.where(chosen, iou, -1.0)
    owner_iou, owner = best.max(1)
    positive = owner_iou >= 0
    chosen &= F.one_hot(owner, boxes.shape[1]).transpose(1, 2).bool()
    metric, iou = metric * chosen, iou * chosen
    quality = metric / metric.amax(-1, keepdim=True).clamp(min=1e-9) * iou.amax(-1, keepdim=True)
    quality = quality.amax(1)
    in_ignored = (inside & ignored[..., None]).any(1) & ~positive
    return torch.where(positive, owner, -1), quality, in_ignored


def detector_loss(outputs, boxes, kinds, background):
    rows, cells = flatten(outputs)
    predicted, logits = corners(rows, cells), rows[..., 4]
    probability = logits.detach().sigmoid()
    owner, quality, ignored = assign(probability, predicted.detach(), cells, boxes, kinds)
    positive = owner >= 0
    weight = torch.where(positive, 1.0, 0.75 * probability**2 * background[:, None] * ~ignored)    # varifocal
    weight = torch.where(positive, quality.clamp(min=0.2), weight)
    normaliser = quality.sum().clamp(min=4)
    score_loss = (F.binary_cross_entropy_with_logits(logits, quality, reduction="none") * weight).sum() / normaliser
    target = boxes.gather(1, owner.clamp(min=0)[..., None].expand(-1, -1, 4))
    box_loss = ((1 - overlap(predicted, target, True)) * quality.clamp(min=0.1))[positive].sum() / normaliser
    return score_loss + 2 * box_loss
