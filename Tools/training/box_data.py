"""Batches of augmented scenes for the detector."""

from pathlib import Path

import cv2
import numpy as np

from company import Company
from make_scenes import BACKGROUND, COCO_TRAIN, COCO_VAL, LSP, PEDESTRIAN, TRACKER
from pose_data import colour

SHARES = {COCO_VAL: 0.56, COCO_TRAIN: 0.2, LSP: 0.04, TRACKER: 0.13, PEDESTRIAN: 0.07}
SMALL = ((256, 256), (288, 192), (192, 288), (224, 224), (256, 192), (192, 256))      # w × h, one a batch
LARGE = ((320, 320), (384, 224), (224, 384), (352, 256), (256, 320), (384, 288), (288, 384))
SMALLEST = 7          # boxes with a shorter side below this many pixels are neither person nor background
MOST = 60             # boxes a picture


class BoxBatches:
    """Endless batches: images n×h×w×3 uint8 RGB, boxes n×60×4 (corners), kind n×60 (1 person, 2 ignore, 0 none), background weight n."""

    def __init__(self, data: Path, batch: int, mosaic=0.5, company=0.4, shapes=SMALL):
        scenes = np.load(data / "boxes/scenes.npz")
        self.sizes, self.starts, self.source = scenes["size"], scenes["start"], scenes["source"]
        ends = np.cumsum(scenes["count"])[:-1]
        self.boxes, self.crowds = np.split(scenes["boxes"], ends), np.split(scenes["crowd"], ends)
        self.pixels = np.memmap(data / "boxes/pixels.u8", np.uint8, "r")
        self.groups = {s: np.flatnonzero(self.source == s) for s in SHARES}
        self.batch, self.mosaic, self.shapes = batch, mosaic, shapes
        self.company, self.company_share = Company(data), company
        self.random = np.random.default_rng(0)

    def make(self):
        w, h = self.shapes[self.random.integers(len(self.shapes))]
        n, most = self.batch, 1
        images, boxes = np.empty((n, h, w, 3), np.uint8), np.zeros((n, MOST, 4), np.float32)
        kinds, background = np.zeros((n, MOST), np.int64), np.ones(n, np.float32)
        for i in range(n):
            image, found, kind, background[i] = self.sample(w, h)
            if self.random.random() < self.company_share:
                found, kind = self.company.join(image, found, kind, self.random)
            image = colour(image, self.random)
            order = self.random.permutation(len(found))[:MOST]
            most = max(most, len(order))
            images[i], boxes[i, :len(order)], kinds[i, :len(order)] = image[:, :, ::-1], found[order], kind[order]
        return images, boxes[:, :most], kinds[:, :most], background

    def pick(self):
        source = self.random.choice(list(SHARES), p=list(SHARES.values()))
        return self.random.choice(self.groups[source])

    def picture(self, index):
        w, h = self.sizes[index]
        return self.pixels[self.starts[index]:self.starts[index] + w * h * 3].reshape(h, w, 3)

    def sample(self, w, h):
        random = self.random
        if random.random() >= self.mosaic:
            index = self.pick()
            image, boxes, kind = self.place(index, w, h, whole=random.random() < 0.4)
            return image, boxes, kind, BACKGROUND[self.source[index]]
        canvas = np.empty((h, w, 3), np.uint8)
        cx, cy = int(w * random.uniform(0.3, 0.7)), int(h * random.uniform(0.3, 0.7))
        boxes, kinds, weights = [], [], []
        for x, y, pw, ph in ((0, 0, cx, cy), (cx, 0, w - cx, cy), (0, cy, cx, h - cy), (cx, cy, w - cx, h - cy)):
            index = self.pick()
            part, found, kind = self.place(index, pw, ph, whole=False)
            canvas[y:y + ph, x:x + pw] = part
            boxes.append(found + (x, y, x, y))
            kinds.append(kind)
            weights.append(BACKGROUND[self.source[index]])
        return canvas, np.concatenate(boxes), np.concatenate(kinds), float(np.mean(weights))

    def place(self, index, w, h, whole):
        """The picture scaled into w×h: as the program letterboxes it, or zoomed and shifted at random."""
        random, image, boxes = self.random, self.picture(index), self.boxes[index]
        ih, iw = image.shape[:2]
        fit = min(w / iw, h / ih)
        if whole:
            fx = fy = fit
            tx = ty = 0.0
        else:
            cover = max(w / iw, h / ih)
            f = np.exp(random.uniform(np.log(fit * 0.8), np.log(cover * 1.8)))
            aspect = np.exp(random.normal(0, 0.12))
            fx, fy = f * aspect**0.5, f / aspect**0.5
            if len(boxes) and random.random() < 0.6:          # keep one of the people in view
                x, y, bw, bh = boxes[random.integers(len(boxes))]
                tx = w * random.uniform(0.2, 0.8) - (x + bw / 2) * fx
                ty = h * random.uniform(0.25, 0.75) - (y + bh / 2) * fy
            else:
                tx, ty = random.uniform(min(0, w - iw * fx), max(0, w - iw * fx)), random.uniform(min(0, h - ih * fy), max(0, h - ih * fy))
        flip = random.random() < 0.5
        matrix = np.array([[fx, 0, tx], [0, fy, ty]])
        corners = np.concatenate([boxes[:, :2] * (fx, fy) + (tx, ty), (boxes[:, :2] + boxes[:, 2:]) * (fx, fy) + (tx, ty)], 1)
        if flip:
            matrix[0] = -fx, 0, w - 1 - tx
            corners[:, [0, 2]] = w - corners[:, [2, 0]]
        out = cv2.warpAffine(image, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=(114, 114, 114))
        area = np.maximum((corners[:, 2:] - corners[:, :2]).prod(1), 1e-6)
        clipped = np.clip(corners, 0, (w, h, w, h))
        size = clipped[:, 2:] - clipped[:, :2]
        visible = size.clip(0).prod(1) / area
        keep = (size.min(1) > 2) & (visible > 0.02)
        kind = np.where((size.min(1) < SMALLEST) | (visible < 0.2) | self.crowds[index], 2, 1)
        return out, clipped[keep].astype(np.float32), kind[keep]
