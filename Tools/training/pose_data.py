"""Batches of augmented pose crops."""

from pathlib import Path

import cv2
import numpy as np

from make_crops import COCO, LSP, MARGIN, SIZE

FLIP = np.array([0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15])
UPPER, LOWER = np.arange(11), np.arange(11, 17)


def labels(data: Path, teacher_threshold: float):
    """Positions (n×17×2), weights (n×17) and where absence is known (n×17) for all crops.

    Hand labels come first; a joint without one takes the teacher's where its peak is above the threshold. A COCO
    joint that nobody labelled on an otherwise well labelled person, and that the teacher does not see either, is absent."""
    people = np.load(data / "pose/people.npz")
    keypoints, source = people["keypoints"], people["source"]
    labelled = keypoints[..., 2] > 0
    positions, weights = keypoints[..., :2].copy(), labelled.astype(np.float32)
    absent = (source[:, None] == COCO) & ~labelled & (labelled.sum(1, keepdims=True) >= 5)
    if (data / "pose/teacher.npy").exists():
        teacher = np.load(data / "pose/teacher.npy")
        sure = ~labelled & (teacher[..., 2] > teacher_threshold) & (source[:, None] != COCO)
        positions[sure] = teacher[sure][:, :2]
        weights[sure] = np.clip(teacher[sure][:, 2], 0, 1) * 0.7
        absent &= teacher[..., 2] < 0.5
    usable = (weights > 0).sum(1) >= 4
    return positions, weights, absent, source, usable


def colour(image: np.ndarray, random) -> np.ndarray:
    """Brightness, contrast, gamma and channel gains by one table; now and then grey, blur, noise or JPEG."""
    ramp = np.arange(256, dtype=np.float32)
    gamma = np.exp(random.uniform(-0.3, 0.3))
    base = 255 * (ramp / 255) ** gamma
    contrast, shift = random.uniform(0.65, 1.4), random.uniform(-35, 35)
    gains = random.uniform(0.85, 1.15, 3) if random.random() < 0.7 else np.ones(3)
    table = np.clip((base[:, None] - 128) * contrast * gains + 128 + shift, 0, 255).astype(np.uint8)
    image = cv2.LUT(image, table[None])
    chance = random.random()
    if chance < 0.08:
        image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    elif chance < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.5, 1.6))
    elif chance < 0.3:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(random.uniform(12, 50))])[1], 1)
    elif chance < 0.36:
        h, w = image.shape[:2]
        f = random.uniform(0.35, 0.8)
        image = cv2.resize(cv2.resize(image, (int(w * f), int(h * f)), interpolation=cv2.INTER_AREA), (w, h))
    return image


def occlude(image: np.ndarray, other: np.ndarray, random) -> None:
    """A rectangle or ellipse of another crop, or of one colour, over a part of the picture."""
    h, w = image.shape[:2]
    ow, oh = int(w * random.uniform(0.1, 0.45)), int(h * random.uniform(0.08, 0.35))
    x, y = random.integers(0, w - ow), random.integers(0, h - oh)
    if random.random() < 0.7:
        ox, oy = random.integers(0, other.shape[1] - ow), random.integers(0, other.shape[0] - oh)
        patch = other[oy:oy + oh, ox:ox + ow]
    else:
        patch = np.full((oh, ow, 3), random.integers(0, 256, 3), np.uint8)
    if random.random() < 0.5:
        mask = np.zeros((oh, ow), np.uint8)
        cv2.ellipse(mask, (ow // 2, oh // 2), (ow // 2, oh // 2), 0, 0, 360, 255, -1)
        cv2.copyTo(patch, mask, image[y:y + oh, x:x + ow])
    else:
        image[y:y + oh, x:x + ow] = patch


class PoseBatches:
    """Batches: images n×h×w×3 uint8 RGB, positions n×17×2, weights n×17, absence n×17."""

    def __init__(self, data: Path, batch: int, size, coco_share=0.6, augmentation=1.0, teacher_threshold=0.45):
        self.crops = np.memmap(data / "pose/crops.u8", np.uint8, "r").reshape(-1, SIZE[1], SIZE[0], 3)
        self.positions, self.weights, self.absent, self.source, usable = labels(data, teacher_threshold)
        self.coco = np.flatnonzero(usable & (self.source == COCO))
        self.rest = np.flatnonzero(usable & (self.source != COCO))
        self.batch, self.size, self.coco_share, self.augmentation = batch, size, coco_share, augmentation
        self.random = np.random.default_rng(0)

    def make(self):
        random = self.random
        w, h = self.size
        n_coco = random.binomial(self.batch, self.coco_share)
        chosen = np.sort(np.concatenate([random.choice(self.coco, n_coco), random.choice(self.rest, self.batch - n_coco)]))
        images = np.empty((self.batch, h, w, 3), np.uint8)
        positions = np.empty((self.batch, 17, 2), np.float32)
        weights, absent = np.empty((self.batch, 17), np.float32), np.empty((self.batch, 17), bool)
        for i, index in enumerate(chosen):
            images[i], positions[i], weights[i], absent[i] = self.sample(index)
        return images, positions, weights, absent

    def sample(self, index):
        random, (w, h), strength = self.random, self.size, self.augmentation
        positions, weights, absent = self.positions[index], self.weights[index], self.absent[index].copy()
        centre, extent = np.array(SIZE) / 2, SIZE[0] / MARGIN        # extent: width of the view, crop pixels
        seen = weights > 0
        if random.random() < 0.15 * strength and seen.sum() >= 8:               # half body: a view around some of the joints
            part = UPPER if random.random() < 0.6 else LOWER
            part = part[seen[part]]
            if len(part) >= 4:
                low, high = positions[part].min(0), positions[part].max(0)
                box = np.maximum((high - low) * 1.5, 24)
                extent = max(box[0] * 1.25, box[1] * 1.25 * w / h) * 1.0
                centre = (low + high) / 2
        extent = extent * np.exp(np.clip(random.normal(0, 0.16 * strength), -0.4, 0.35))
        centre = centre + random.normal(0, 0.045 * strength, 2) * (extent, extent * h / w)
        angle = np.clip(random.normal(0, 18 * strength), -60, 60) if random.random() < 0.5 else 0.0
        if random.random() < 0.01:
            angle += random.choice([90, 180, -90])
        factor, radians = w / extent, np.deg2rad(angle)
        stretch = np.exp(random.normal(0, 0.05))
        rotation = factor * np.array([[np.cos(radians) * stretch, -np.sin(radians)], [np.sin(radians) * stretch, np.cos(radians)]])
        flip = random.random() < 0.5
        if flip:
            rotation[0] *= -1
        matrix = np.concatenate([rotation, (np.array([w / 2, h / 2]) - rotation @ centre)[:, None]], 1)
        if flip:
            matrix[0, 2] -= 1                                         # pixel centres: w − 1 − x
        image = cv2.warpAffine(self.crops[index], matrix, (w, h), flags=cv2.INTER_LINEAR)
        image = colour(image, random)
        positions = positions @ matrix[:, :2].T + matrix[:, 2]
        if random.random() < 0.2 * strength:
            occlude(image, self.crops[random.integers(len(self.crops))], random)
        outside = ((positions < 0) | (positions > (w - 1, h - 1))).any(1)
        absent |= outside & (weights > 0)
        weights = np.where(outside, 0, weights)
        if flip:
            positions, weights, absent = positions[FLIP], weights[FLIP], absent[FLIP]
        return image[:, :, ::-1], positions, weights, absent
