"""What is exported of the networks: the detector with its scores as probabilities, in one list of rows."""

import torch
from torch import nn

from networks import DetectorNetwork, PoseNetwork


class DetectorForExport(nn.Module):
    """1×A×6 rows: x, y, log w, log h, objectness, person (always one); cells of stride 8, then 16, then 32, row by row."""

    def __init__(self, network: DetectorNetwork):
        super().__init__()
        self.network = network
        self.boxes, self.scores = nn.ModuleList(), nn.ModuleList()
        for output in network.outputs:
            c = output.in_channels
            box, score = nn.Conv2d(c, 4, 1), nn.Conv2d(c, 2, 1)
            box.weight.data, box.bias.data = output.weight.data[:4], output.bias.data[:4]
            score.weight.data = torch.cat([output.weight.data[4:], torch.zeros_like(output.weight.data[4:])])
            score.bias.data = torch.cat([output.bias.data[4:], torch.tensor([30.0])])
            self.boxes.append(box)
            self.scores.append(score)
        network.outputs = nn.ModuleList(nn.Identity() for _ in range(3))

    def forward(self, x):
        rows = []
        for features, box, score in zip(self.network(x), self.boxes, self.scores):
            y = torch.cat([box(features), torch.sigmoid(score(features))], 1)
            rows.append(y.reshape(1, 6, -1))
        return torch.cat(rows, 2).transpose(1, 2)


def loaded(network, checkpoint, weights):
    """The network for inference with a checkpoint's `average` or `network` (the last, not averaged) weights."""
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=False)[weights])
    return network.eval()


def pose(checkpoint, weights="average"):
    return loaded(PoseNetwork(), checkpoint, weights)


def detector(checkpoint, weights="average"):
    return DetectorForExport(loaded(DetectorNetwork(), checkpoint, weights)).eval()
