"""Public trackers at their defaults, on boxes alone: no pictures, no re-identification.

Each takes a sequence and gives (id, box) of every frame.
"""

import numpy as np


def roboflow(make):
    """A tracker of the package `trackers`, clean reimplementations of the published ones."""

    def run(sequence):
        import supervision as sv

        tracker = make(sequence.rate)
        result = []
        for frame in sequence.detections:
            boxes = np.array([detection.box for detection in frame]).reshape(-1, 4).astype(float)
            boxes[:, 2:] += boxes[:, :2]
            found = tracker.update(
                sv.Detections(
                    xyxy=boxes, confidence=np.array([detection.score for detection in frame], float),
                    class_id=np.zeros(len(frame), int)))
            ids = found.tracker_id if found.tracker_id is not None else []
            result.append(
                [(int(i), np.array([b[0], b[1], b[2] - b[0], b[3] - b[1]])) for i, b in zip(ids, found.xyxy) if i >= 0])
        return result

    return run


def norfair(sequence):
    from norfair import Detection, Tracker

    tracker = Tracker("iou", distance_threshold=0.5)
    result = []
    for frame in sequence.detections:
        boxes = [detection.box for detection in frame]
        tracked = tracker.update([
            Detection(np.array([[b[0], b[1]], [b[0] + b[2], b[1] + b[3]]]), scores=np.array([d.score] * 2), data=b)
            for b, d in zip(boxes, frame)
        ])
        # Only what was detected in this frame, with the detector's own box.
        result.append([
            (person.id, person.last_detection.data)
            for person in tracked if any(person.last_detection.data is box for box in boxes)
        ])
    return result


def all_peers():
    from trackers import BoTSORTTracker, ByteTrackTracker, CBIoUTracker, OCSORTTracker, SORTTracker

    return {
        "SORT": roboflow(lambda rate: SORTTracker(frame_rate=rate)),
        "ByteTrack": roboflow(lambda rate: ByteTrackTracker(frame_rate=rate)),
        "OC-SORT": roboflow(lambda rate: OCSORTTracker(frame_rate=rate)),
        "BoT-SORT": roboflow(lambda rate: BoTSORTTracker(frame_rate=rate, enable_cmc=False)),
        "C-BIoU": roboflow(lambda rate: CBIoUTracker(frame_rate=rate)),
        "norfair": norfair,
    }
