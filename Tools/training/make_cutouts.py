"""People cut out of their pictures, for scenes in which it is known exactly who touches and hides whom.

    python make_cutouts.py --data DIR

Writes DIR/boxes/cutouts.u8 (h×w×4 each: BGR and opacity, tight around the person, longest side up to 256) and cutouts.npz
(sizes and starts). Masks are GrabCut's (Rother et al., 2004), which is told where the limbs are; doubtful ones are left out.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from coco_labels import labelled_images
from other_people import lsp_persons

LONGEST = 256
WORKING = 160        # longest side of the picture that GrabCut sees
MARGIN = 0.12        # around the box, in its longest side
LIMBS = ((5, 7), (7, 9), (6, 8), (8, 10), (11, 13), (13, 15), (12, 14), (14, 16), (5, 6), (11, 12), (5, 11), (6, 12),
         (5, 12), (6, 11), (0, 5), (0, 6))
BODY = (5, 6, 11, 12)


def people(raw: Path):
    """(image path, box, 17×3 keypoints) of persons seen from head to foot, with nobody else at their place."""
    for image in labelled_images(raw):
        boxes = image.persons[:, :4]
        for i, row in enumerate(image.persons if not image.held_out else ()):
            keypoints = row[4:].reshape(17, 3)
            seen = keypoints[:, 2] > 0
            if (keypoints[:, 2] == 2).sum() >= 11 and seen[list(BODY)].all() and seen[15:].any() and not crossed(boxes, i):
                yield image.path, row[:4], keypoints
    for number, (path, box, keypoints) in enumerate(lsp_persons(raw)):
        if number % 8 == 0 and (keypoints[5:, 2] > 0).all():
            yield path, box, keypoints


def crossed(boxes, i) -> bool:
    """Whether another box covers more than a twentieth of the i-th."""
    low, high = np.maximum(boxes[:, :2], boxes[i, :2]), np.minimum((boxes[:, :2] + boxes[:, 2:]), boxes[i, :2] + boxes[i, 2:])
    shared = (high - low).clip(0).prod(1) / boxes[i, 2:].prod()
    return (np.delete(shared, i) > 0.05).any()


def cut_out(image, box, keypoints):
    """h×w×4, or None where the mask is doubtful."""
    x, y, w, h = box
    margin = MARGIN * max(w, h)
    left, top = max(0, int(x - margin)), max(0, int(y - margin))
    crop = image[top:int(y + h + margin), left:int(x + w + margin)]
    factor = min(1.0, LONGEST / max(crop.shape[:2]))
    crop = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = cv2.resize(crop, None, fx=(f := min(1.0, WORKING / max(crop.shape[:2]))), fy=f, interpolation=cv2.INTER_AREA)
    scale = f * factor
    mask = grab_cut(small, (np.array([x - left, y - top, w, h]) * scale), (keypoints[:, :2] - (left, top)) * scale, keypoints[:, 2] > 0)
    if mask is None:
        return None
    opacity = cv2.GaussianBlur(cv2.resize(mask, crop.shape[1::-1], interpolation=cv2.INTER_LINEAR), (3, 3), 0)
    rows, columns = np.flatnonzero((opacity > 127).any(1)), np.flatnonzero((opacity > 127).any(0))
    return np.dstack([crop, opacity])[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def grab_cut(image, box, points, known):
    """The mask (0 or 255) of the person in the box, None where it does not look like one."""
    body = np.linalg.norm((points[5] + points[6] - points[11] - points[12]) / 2)
    if body < 12:
        return None
    mask = np.full(image.shape[:2], cv2.GC_BGD, np.uint8)
    x, y, w, h = box
    inside = np.s_[max(0, int(y - 0.03 * h)):int(y + 1.03 * h) + 1, max(0, int(x - 0.05 * w)):int(x + 1.05 * w) + 1]
    mask[inside] = cv2.GC_PR_BGD
    for value, thickness in ((cv2.GC_PR_FGD, 0.45), (cv2.GC_FGD, 0.14)):
        for a, b in LIMBS:
            if known[a] and known[b]:
                cv2.line(mask, points[a].astype(int).tolist(), points[b].astype(int).tolist(), value, max(1, int(thickness * body)))
        if known[:5].any():
            head = points[:5][known[:5]].mean(0).astype(int).tolist()
            cv2.circle(mask, head, max(1, int(thickness * body * 0.6)), value, -1)
    certain = mask == cv2.GC_FGD
    cv2.grabCut(image, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) | certain
    count, parts = cv2.connectedComponents(found)
    found = np.isin(parts, np.unique(parts[certain])) & (parts > 0)
    rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
    spread = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]) - (x, y, x + w, y + h)
    filling = found.sum() / (np.ptp(rows) * np.ptp(columns) + 1)
    if (abs(spread) > 0.09 * max(w, h)).any() or not 0.22 < filling < 0.8:
        return None
    return found.astype(np.uint8) * 255


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    cv2.setNumThreads(1)
    cv2.setRNGSeed(1)
    sizes, starts, position, tried, image, last = [], [], 0, 0, None, None
    with open(data / "boxes/cutouts.u8", "wb") as pixels:
        for path, box, keypoints in people(data / "raw"):
            if max(box[2:]) < 96:
                continue
            tried += 1
            if path != last:
                image, last = cv2.imread(str(path)), path
            cut = cut_out(image, box, keypoints)
            if cut is None:
                continue
            pixels.write(cut.tobytes())
            sizes.append(cut.shape[1::-1])
            starts.append(position)
            position += cut.size
    np.savez(data / "boxes/cutouts.npz", size=np.array(sizes), start=np.array(starts))
    print(len(sizes), "of", tried, "persons")


if __name__ == "__main__":
    main()
