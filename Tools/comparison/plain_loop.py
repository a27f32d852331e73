"""The peer of the whole job: a plain Python loop with OpenCV and ONNX Runtime, as people write it today.

Decode, crop, run, decode heatmaps, draw, encode with OpenCV's mp4v. Boxes are given: COCO results JSON whose image_id
is the frame number, counted from 0. Prints frames, seconds and frames a second as JSON.
"""

import argparse
import json
import time

import cv2
import numpy as np
import onnxruntime

MEAN = np.array([123.675, 116.28, 103.53], np.float32)
STD = np.array([58.395, 57.12, 57.375], np.float32)
LIMBS = [(15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8), (7, 9), (8, 10),
         (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6)]


def crop_matrix(box, width, height):
    x, y, w, h = box
    center = np.array([x + w / 2, y + h / 2])
    scale = np.array([w, h]) * 1.25
    aspect = width / height
    scale = np.array([max(scale[0], scale[1] * aspect), max(scale[1], scale[0] / aspect)])
    factor = width / scale[0]
    offset = np.array([width, height]) / 2 - center * factor
    return np.array([[factor, 0, offset[0]], [0, factor, offset[1]]]), center, scale


def decode(heatmaps):
    count, joints, rows, columns = heatmaps.shape
    flat = heatmaps.reshape(count, joints, -1)
    best = flat.argmax(-1)
    points = np.stack([best % columns, best // columns], -1).astype(np.float32)
    for n in range(count):
        for k in range(joints):
            x, y = points[n, k].astype(int)
            if 1 < x < columns - 1 and 1 < y < rows - 1:
                m = heatmaps[n, k]
                points[n, k] += 0.25 * np.sign([m[y, x + 1] - m[y, x - 1], m[y + 1, x] - m[y - 1, x]])
    return points, flat.max(-1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("video")
    parser.add_argument("model")
    parser.add_argument("boxes")
    parser.add_argument("output")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    session = onnxruntime.InferenceSession(arguments.model, options, providers=["CPUExecutionProvider"])
    name, (_, _, height, width) = session.get_inputs()[0].name, session.get_inputs()[0].shape
    fixed_batch = session.get_inputs()[0].shape[0] == 1

    boxes = {}
    with open(arguments.boxes) as file:
        for row in json.load(file):
            boxes.setdefault(row["image_id"], []).append(row["bbox"])

    start = time.perf_counter()
    video = cv2.VideoCapture(arguments.video)
    size = int(video.get(cv2.CAP_PROP_FRAME_WIDTH)), int(video.get(cv2.CAP_PROP_FRAME_HEIGHT))
    writer = cv2.VideoWriter(arguments.output, cv2.VideoWriter_fourcc(*"mp4v"), video.get(cv2.CAP_PROP_FPS), size)
    frames = 0
    while True:
        good, frame = video.read()
        if not good:
            break
        people = boxes.get(frames, [])
        if people:
            rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
            matrices = [crop_matrix(box, width, height) for box in people]
            crops = np.stack([
                ((cv2.warpAffine(rgb, m, (width, height)).astype(np.float32) - MEAN) / STD).transpose(2, 0, 1)
                for m, _, _ in matrices])
            if fixed_batch:
                heatmaps = np.concatenate([session.run(None, {name: crop[None]})[0] for crop in crops])
            else:
                heatmaps = session.run(None, {name: crops})[0]
            points, scores = decode(heatmaps)
            points = points * [width / heatmaps.shape[3], height / heatmaps.shape[2]]
            for n, (_, center, scale) in enumerate(matrices):
                image_points = points[n] / [width, height] * scale + center - scale / 2
                for a, b in LIMBS:
                    if scores[n, a] > 0.3 and scores[n, b] > 0.3:
                        cv2.line(frame, tuple(image_points[a].astype(int)), tuple(image_points[b].astype(int)),
                                 (0, 255, 0), 2, cv2.LINE_AA)
                for k in range(len(image_points)):
                    if scores[n, k] > 0.3:
                        cv2.circle(frame, tuple(image_points[k].astype(int)), 4, (0, 128, 255), -1, cv2.LINE_AA)
        writer.write(frame)
        frames += 1
    writer.release()
    seconds = time.perf_counter() - start
    print(json.dumps({"frames": frames, "seconds": round(seconds, 3), "frames_per_second": round(frames / seconds, 2)}))


if __name__ == "__main__":
    main()
