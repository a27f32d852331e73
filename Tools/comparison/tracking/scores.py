"""HOTA, IDF1 and identity switches by TrackEval, by IoU of boxes."""

import numpy as np
from trackeval.metrics import CLEAR, HOTA, Identity


def overlaps(first, second):
    a, b = np.array(first).reshape(-1, 1, 4), np.array(second).reshape(1, -1, 4)
    size = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    shared = np.prod(np.maximum(size, 0), -1)
    return shared / np.maximum(np.prod(a[..., 2:], -1) + np.prod(b[..., 2:], -1) - shared, 1e-9)


def data(truth, found):
    """What TrackEval's metrics take. Boxes of frames without any label do not count."""
    ids = [sorted({identity for frame in side for identity, _ in frame}) for side in (truth, found)]
    places = [{identity: place for place, identity in enumerate(side)} for side in ids]
    frames = [(a, b) for a, b in zip(truth, found) if a]
    return {
        "num_timesteps": len(frames),
        "num_gt_ids": len(ids[0]),
        "num_tracker_ids": len(ids[1]),
        "num_gt_dets": sum(len(a) for a, _ in frames),
        "num_tracker_dets": sum(len(b) for _, b in frames),
        "gt_ids": [np.array([places[0][identity] for identity, _ in a], int) for a, _ in frames],
        "tracker_ids": [np.array([places[1][identity] for identity, _ in b], int) for _, b in frames],
        "similarity_scores": [overlaps([box for _, box in a], [box for _, box in b]) for a, b in frames],
    }


class Scores:
    """Of one tracker on one set, over all its sequences."""

    metrics = {"HOTA": HOTA(), "IDF1": Identity({"PRINT_CONFIG": False}), "switches": CLEAR({"PRINT_CONFIG": False})}

    def __init__(self):
        self.sequences = {name: {} for name in self.metrics}

    def add(self, name, truth, found):
        facts = data(truth, found)
        for metric, counts in self.sequences.items():
            counts[name] = self.metrics[metric].eval_sequence(facts)

    def of(self, sequence):
        return self.figures({name: counts[sequence] for name, counts in self.sequences.items()})

    def combined(self):
        return self.figures(
            {name: self.metrics[name].combine_sequences(counts) for name, counts in self.sequences.items()})

    @staticmethod
    def figures(counts):
        """HOTA and IDF1 in percent, and switches."""
        hota = 100 * float(np.mean(counts["HOTA"]["HOTA"]))
        return hota, 100 * counts["IDF1"]["IDF1"], int(counts["switches"]["IDSW"])
