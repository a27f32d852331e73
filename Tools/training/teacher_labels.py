"""Pseudo-labels of PP-TinyPose 256×192 (Apache-2.0) for every training crop: position and score of the 17 joints.

    python teacher_labels.py --data DIR

Writes DIR/pose/teacher.npy (n×17×3 in crop pixels; the third is the height of the heatmap's peak).
"""

import argparse
from pathlib import Path

import cv2
import ncnn
import numpy as np

SIZE, MARGIN = (216, 288), 1.5
MEAN = [123.675, 116.28, 103.53]
SCALE = [0.01712475, 0.0175, 0.01742919]


def refine(heatmap: np.ndarray):
    """Peak of one heatmap moved by a Newton step on its blurred logarithm (DARK)."""
    y, x = np.unravel_index(heatmap.argmax(), heatmap.shape)
    score = heatmap[y, x]
    if 1 < x < heatmap.shape[1] - 2 and 1 < y < heatmap.shape[0] - 2:
        p = np.log(np.maximum(cv2.GaussianBlur(heatmap, (3, 3), 0), 1e-6))
        dx, dy = (p[y, x + 1] - p[y, x - 1]) / 2, (p[y + 1, x] - p[y - 1, x]) / 2
        dxx = (p[y, x + 2] - 2 * p[y, x] + p[y, x - 2]) / 4
        dyy = (p[y + 2, x] - 2 * p[y, x] + p[y - 2, x]) / 4
        dxy = (p[y + 1, x + 1] - p[y - 1, x + 1] - p[y + 1, x - 1] + p[y - 1, x - 1]) / 4
        determinant = dxx * dyy - dxy * dxy
        if determinant != 0:
            ox = -(dyy * dx - dxy * dy) / determinant
            oy = -(dxx * dy - dxy * dx) / determinant
            if abs(ox) < 1 and abs(oy) < 1:
                return x + ox, y + oy, score
    return x, y, score


class Teacher:
    def __init__(self, folder: Path, threads: int):
        self.net = ncnn.Net()
        self.net.opt.num_threads = threads
        self.net.load_param(str(folder / "tinypose_256x192.param"))
        self.net.load_model(str(folder / "tinypose_256x192.bin"))

    def __call__(self, crop: np.ndarray) -> np.ndarray:
        """17×3 in pixels of a 192×256 BGR crop."""
        rgb = np.ascontiguousarray(crop[:, :, ::-1])
        tensor = ncnn.Mat.from_pixels(rgb, ncnn.Mat.PixelType.PIXEL_RGB, 192, 256)
        tensor.substract_mean_normalize(MEAN, SCALE)
        extractor = self.net.create_extractor()
        extractor.input("image", tensor)
        heatmaps = np.array(extractor.extract("save_infer_model/scale_0.tmp_1")[1])
        points = np.array([refine(h) for h in heatmaps], np.float32)
        points[:, :2] *= 4
        return points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int)
    a = parser.parse_args()
    crops = np.memmap(a.data / "pose/crops.u8", np.uint8, "r").reshape(-1, SIZE[1], SIZE[0], 3)
    teacher = Teacher(a.data / "raw/teacher/app/src/main/assets", a.threads)
    factor = 192 * MARGIN / SIZE[0]
    matrix = np.array([[factor, 0, 96 - SIZE[0] / 2 * factor], [0, factor, 128 - SIZE[1] / 2 * factor]], np.float32)
    result = np.zeros((len(crops), 17, 3), np.float32)
    for i, crop in enumerate(crops[:a.limit]):
        points = teacher(cv2.warpAffine(crop, matrix, (192, 256)))
        points[:, :2] = (points[:, :2] - matrix[:, 2]) / factor
        result[i] = points
        if i % 2000 == 0:
            print(i, flush=True)
    np.save(a.data / "pose/teacher.npy", result)


if __name__ == "__main__":
    main()
