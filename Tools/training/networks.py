"""The two networks: one plain-convolution trunk, a heatmap decoder for poses, a pyramid head for the detector."""

import torch
from torch import nn
from torch.nn import functional as F

CHANNELS = (24, 40, 80, 160, 192)   # at strides 2, 4, 8, 16, 32
POSE_BLOCKS = (0, 1, 3)              # residual blocks at strides 4, 8, 16
DETECTOR_BLOCKS = (0, 1, 1, 1)       # … and 32


class ConvBN(nn.Sequential):
    def __init__(self, inputs, outputs, kernel=3, stride=1, relu=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
        super().__init__(*(layers + [nn.ReLU(inplace=True)] if relu else layers))


class Block(nn.Module):
    """The basic residual block."""

    def __init__(self, channels):
        super().__init__()
        self.first = ConvBN(channels, channels)
        self.second = ConvBN(channels, channels, relu=False)
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class Trunk(nn.Module):
    """Image to features at strides 4, 8, 16 and, with four block counts, 32."""

    def __init__(self, blocks):
        super().__init__()
        self.stem = ConvBN(3, CHANNELS[0], stride=2)
        self.stages = nn.ModuleList(
            nn.Sequential(ConvBN(a, b, stride=2), *(Block(b) for _ in range(n)))
            for a, b, n in zip(CHANNELS, CHANNELS[1:], blocks))

    def forward(self, x):
        x = self.stem(x)
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features


def up(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class PoseNetwork(nn.Module):
    """17 maps of logits at stride 4; the sides of the input are multiples of 16."""

    def __init__(self, joints=17, width8=80, width4=48):
        super().__init__()
        self.trunk = Trunk(POSE_BLOCKS)
        _, c4, c8, c16, _ = CHANNELS
        self.down8, self.lateral8 = ConvBN(c16, width8, 1, relu=False), ConvBN(c8, width8, 1, relu=False)
        self.down4, self.lateral4 = ConvBN(width8, width4, 1, relu=False), ConvBN(c4, width4, 1, relu=False)
        self.merge8, self.merge4 = ConvBN(width8, width8), ConvBN(width4, width4)
        self.head = nn.Conv2d(width4, joints, 1)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        f4, f8, f16 = self.trunk(x)
        y = self.merge8(F.relu(up(self.down8(f16)) + self.lateral8(f8)))
        y = self.merge4(F.relu(up(self.down4(y)) + self.lateral4(f4)))
        return self.head(y)


class DetectorNetwork(nn.Module):
    """Pyramid at strides 8, 16, 32; each level gives maps of x, y, log w, log h and the score's logit."""

    def __init__(self, fine=64, coarse=96):
        super().__init__()
        self.trunk = Trunk(DETECTOR_BLOCKS)
        _, _, c8, c16, c32 = CHANNELS
        self.lateral32, self.lateral16 = ConvBN(c32, coarse, 1), ConvBN(c16, coarse, 1, relu=False)
        self.merge16, self.narrow16 = ConvBN(coarse, coarse), ConvBN(coarse, fine, 1, relu=False)
        self.lateral8, self.merge8 = ConvBN(c8, fine, 1, relu=False), ConvBN(fine, fine)
        self.down16, self.fuse16 = ConvBN(fine, coarse, stride=2, relu=False), ConvBN(coarse, coarse)
        self.down32, self.fuse32 = ConvBN(coarse, coarse, stride=2, relu=False), ConvBN(coarse, coarse)
        self.heads = nn.ModuleList(ConvBN(c, c) for c in (fine, coarse, coarse))
        self.outputs = nn.ModuleList(nn.Conv2d(c, 5, 1) for c in (fine, coarse, coarse))
        for output in self.outputs:
            nn.init.normal_(output.weight, std=0.01)
            output.bias.data = torch.tensor([0.5, 0.5, 1.1, 1.6, -4.6])

    def forward(self, x):
        _, f8, f16, f32 = self.trunk(x)
        p32 = self.lateral32(f32)
        p16 = self.merge16(F.relu(up(p32) + self.lateral16(f16)))
        p8 = self.merge8(F.relu(up(self.narrow16(p16)) + self.lateral8(f8)))
        q16 = self.fuse16(F.relu(self.down16(p8) + p16))
        q32 = self.fuse32(F.relu(self.down32(q16) + p32))
        return [output(head(p)) for head, output, p in zip(self.heads, self.outputs, (p8, q16, q32))]


def macs(network, *shape) -> int:
    """Multiply-adds of the convolutions for one input."""
    total = 0

    def count(module, _, output):
        nonlocal total
        total += output[0].numel() * module.weight[0].numel()

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        network.eval()(torch.zeros(1, *shape))
    for hook in hooks:
        hook.remove()
    return total
