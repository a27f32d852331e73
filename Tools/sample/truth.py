"""Exact ground truth: joints of the rig and points of the skin, projected, with what is seen of everyone."""

import json

import numpy as np

import scene

COCO = ["nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
        "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
        "right_ankle"]
POSETRACK = ["nose", "head_bottom", "head_top", "left_ear", "right_ear"] + COCO[5:]
COCO_LINKS = [[16, 14], [14, 12], [17, 15], [15, 13], [12, 13], [6, 12], [7, 13], [6, 7], [6, 8], [7, 9], [8, 10],
              [9, 11], [2, 3], [1, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5, 7]]
POSETRACK_LINKS = [[16, 14], [14, 12], [17, 15], [15, 13], [12, 13], [6, 12], [7, 13], [6, 7], [6, 8], [7, 9], [8, 10],
                   [9, 11], [2, 3], [1, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5, 7]]
JOINTS = {"shoulder": "upperarm01", "elbow": "lowerarm01", "wrist": "wrist", "hip": "upperleg01", "knee": "lowerleg01",
          "ankle": "foot"}
ENOUGH = 0.1  # the visible part of a silhouette from which a person is labelled
SEQUENCE = "000001_mpiinew_test"


def label(film, frame):
    """Everyone who is at least partly in the picture: keypoints by name as (x, y, v), boxes, areas, visible part.

    v is 2 where the point is seen (joints inside the body: where the person's own surface is at most 15 cm before
    them), 1 where something hides it, 0 outside the picture."""
    camera, renderer = scene.CAMERA, film.renderer
    seen, nearest = renderer.owners()
    people = []
    for number, (person, bones, span) in enumerate(zip(film.people, film.bones, film.ranges)):
        alone, _ = renderer.owners(only=number)
        whole, visible = int((alone == number).sum()), int((seen == number).sum())
        if whole == 0:
            continue
        vertices = film.positions[span]
        points = {name: vertices[index].mean(axis=0) for name, index in person.surface_points.items()}
        for name, bone in JOINTS.items():
            for side, letter in (("left", "L"), ("right", "R")):
                points[f"{side}_{name}"] = bones[frame, person.names.index(f"{bone}.{letter}")]
        points["head_bottom"] = bones[frame, person.names.index("neck02")]
        names = list(points)
        placed = camera.project(np.array([points[name] for name in names]))
        keypoints = {}
        for name, (x, y, depth) in zip(names, placed):
            if not (-0.5 <= x < camera.width - 0.5 and -0.5 <= y < camera.height - 0.5):
                keypoints[name] = (0.0, 0.0, 0)
                continue
            column, row = (int(round(value * renderer.samples + (renderer.samples - 1) / 2)) for value in (x, y))
            column, row = min(column, renderer.width - 1), min(row, renderer.height - 1)
            slack = 0.04 if name in person.surface_points else 0.15
            clear = seen[row, column] in (number, 255) and depth - 1 / max(nearest[row, column], 1e-6) < slack
            keypoints[name] = (round(float(x), 2), round(float(y), 2), 2 if clear else 1)
        people.append({
            "track": number,
            "keypoints": keypoints,
            "box": _box(camera, camera.project(vertices)),
            "head": _box(camera, camera.project(vertices[person.head_vertices])),
            "area": round(whole / renderer.samples ** 2, 2),
            "visible": visible / whole,
        })
    return people


def _box(camera, points):
    low = np.clip(points[:, :2].min(axis=0), 0, (camera.width, camera.height))
    high = np.clip(points[:, :2].max(axis=0), 0, (camera.width, camera.height))
    return [round(float(value), 2) for value in (*low, *(high - low))]


def summary(people):
    return "; ".join(f"{p['track']}: {p['box'][0]:.0f},{p['box'][1]:.0f} {p['box'][2]:.0f}x{p['box'][3]:.0f}"
                     f" seen {p['visible']:.2f}" for p in people)


def _flat(keypoints, names, v=None):
    values = []
    for name in names:
        x, y, seen = keypoints[name]
        values += [x, y, seen if v is None else min(seen, v)]
    return values


def write_posetrack(labels, path):
    """PoseTrack 2018: joints in the picture have v = 1, also where they are hidden; ears are never labelled."""
    images, annotations = [], []
    for frame, people in enumerate(labels):
        image = 3 * 10**10 + 10**4 + frame
        images.append({"id": image, "frame_id": image, "vid_id": "000001", "nframes": len(labels), "is_labeled": True,
                       "has_no_densepose": True, "file_name": f"images/val/{SEQUENCE}/{frame:06}.jpg",
                       "width": scene.CAMERA.width, "height": scene.CAMERA.height, "ignore_regions_x": [],
                       "ignore_regions_y": []})
        for order, person in enumerate(p for p in people if p["visible"] >= ENOUGH):
            keypoints = _flat(person["keypoints"] | {f"{s}_ear": (0, 0, 0) for s in ("left", "right")}, POSETRACK, 1)
            annotations.append({"id": image * 100 + order, "image_id": image, "category_id": 1,
                                "track_id": person["track"], "keypoints": keypoints,
                                "num_keypoints": sum(v > 0 for v in keypoints[2::3]), "bbox": person["box"],
                                "bbox_head": person["head"], "scores": [], "iscrowd": False})
    category = {"supercategory": "person", "id": 1, "name": "person", "keypoints": POSETRACK,
                "skeleton": POSETRACK_LINKS}
    _write({"images": images, "annotations": annotations, "categories": [category]}, path)


def write_coco(labels, path):
    """COCO: v tells hidden (1) from seen (2); `area` is that of the whole silhouette in the picture. Whoever is
    hardly seen has no keypoints, which the protocol leaves out of account."""
    images, annotations = [], []
    for frame, people in enumerate(labels):
        images.append({"id": frame, "file_name": f"crossing/{frame:06}.jpg", "width": scene.CAMERA.width,
                       "height": scene.CAMERA.height})
        for person in people:
            keypoints = _flat(person["keypoints"], COCO) if person["visible"] >= ENOUGH else [0] * 51
            annotations.append({"id": len(annotations) + 1, "image_id": frame, "category_id": 1,
                                "track_id": person["track"], "keypoints": keypoints,
                                "num_keypoints": sum(v > 0 for v in keypoints[2::3]), "bbox": person["box"],
                                "area": person["area"], "iscrowd": 0})
    category = {"supercategory": "person", "id": 1, "name": "person", "keypoints": COCO, "skeleton": COCO_LINKS}
    _write({"images": images, "annotations": annotations, "categories": [category]}, path)


def _write(content, path):
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")
