"""People put into a picture beside, before and over those who are there."""

from pathlib import Path

import cv2
import numpy as np

HIDDEN = 0.7          # of a box: from there on nobody need find who is behind


class Company:
    def __init__(self, data: Path):
        cutouts = np.load(data / "boxes/cutouts.npz")
        self.sizes, self.starts = cutouts["size"], cutouts["start"]
        self.pixels = np.memmap(data / "boxes/cutouts.u8", np.uint8, "r")

    def cutout(self, random):
        """h×w×4 of a random person."""
        index = random.integers(len(self.sizes))
        w, h = self.sizes[index]
        person = self.pixels[self.starts[index]:self.starts[index] + w * h * 4].reshape(h, w, 4)
        return person[:, ::-1] if random.random() < 0.5 else person

    def join(self, image, boxes, kinds, random):
        """Draws one to three people into the h×w×3 picture; the boxes (corners) and kinds with theirs."""
        for _ in range(random.integers(1, 4)):
            person = self.cutout(random)
            x, y, factor = self.place(person.shape, image.shape, boxes[(kinds == 1) & (boxes[:, 3] - boxes[:, 1] > 32)], random)
            size = np.maximum(np.round(np.array(person.shape[1::-1]) * factor).astype(int), 1)
            low, high = np.array([x, y]), np.array([x, y]) + size
            inside = np.concatenate([low.clip(0), np.minimum(high, image.shape[1::-1])])
            if size.max() > 600 or (inside[2:] - inside[:2]).min() < 8 or (inside[2:] - inside[:2]).prod() < 0.3 * size.prod():
                continue
            person = cv2.resize(person, size.tolist(), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
            person = person[inside[1] - y:inside[3] - y, inside[0] - x:inside[2] - x]
            draw(image[inside[1]:inside[3], inside[0]:inside[2]], person, random)
            hidden = np.zeros(image.shape[:2], bool)
            hidden[inside[1]:inside[3], inside[0]:inside[2]] = person[..., 3] > 127
            boxes, kinds = behind(hidden, boxes, kinds)
            boxes, kinds = np.concatenate([boxes, inside[None].astype(np.float32)]), np.append(kinds, 1)
        return boxes, kinds

    @staticmethod
    def place(shape, picture, people, random):
        """Left, top and scale: mostly near one of the people (corners), about as large, a little before them; else anywhere."""
        h, w = shape[:2]
        if len(people) and random.random() < 0.8:
            left, top, right, bottom = people[random.integers(len(people))]
            factor = ((right - left) * (bottom - top) / (w * h)) ** 0.5 * np.exp(random.normal(0.05, 0.25))
            reach = (right - left + w * factor) / 2 * random.uniform(0.2, 1.05)
            middle, foot = (left + right) / 2 + random.choice([-1, 1]) * reach, bottom + random.normal(0.07, 0.12) * (bottom - top)
        else:
            factor = picture[0] / h * random.uniform(0.2, 1.1)
            middle, foot = random.uniform(0, picture[1]), picture[0] * random.uniform(0.6, 1.1)
        return int(middle - w * factor / 2), int(foot - h * factor), factor


def draw(image, person, random) -> None:
    """Blends h×w×4 over h×w×3 in place, in another light."""
    opacity = person[..., 3:].astype(np.float32) / 255
    light = np.clip(person[..., :3] * random.uniform(0.7, 1.25, 1) + random.uniform(-15, 15), 0, 255)
    image[:] = light * opacity + image * (1 - opacity)


def behind(hidden, boxes, kinds):
    """Boxes (corners) cut back to where `hidden` (h×w) leaves something to be seen; kind 2 where hardly anything is."""
    boxes, kinds = boxes.copy(), kinds.copy()
    for i, (left, top, right, bottom) in enumerate(np.round(boxes).astype(int)):
        part = hidden[top:bottom, left:right]
        if not part.any():
            continue
        if part.mean() > HIDDEN:
            kinds[i] = 2
            continue
        columns, rows = np.flatnonzero(part.mean(0) < 0.95), np.flatnonzero(part.mean(1) < 0.95)
        boxes[i] = left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1
    return boxes, kinds
