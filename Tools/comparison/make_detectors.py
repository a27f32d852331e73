"""Detectors with random weights for make_models.py: YOLOX-tiny ("YOLOX", Ge et al. 2021) and RTMDet-nano for persons ("RTMDet", Lyu
et al. 2022), at 416x416, without decoding: what a runtime costs does not depend on the values of the weights.
"""


def silu(network, x):
    width = network.channels[x]
    return network.add("Mul", [x, network.add("Sigmoid", [x], width)], width)


def conv(network, x, outputs, kernel, stride=1):
    return silu(network, network.conv(x, outputs, kernel, stride, relu=False))


def depthwise_conv(network, x, outputs, kernel, stride=1):
    """One kernel for every channel, then all channels of a cell."""
    width = network.channels[x]
    weights, bias = network.parameters((width, 1, kernel, kernel), width, kernel * kernel)
    x = network.add(
        "Conv", [x, network.weight(weights), network.weight(bias)], width, kernel_shape=[kernel, kernel], group=width,
        strides=[stride, stride], pads=[kernel // 2] * 4)
    return conv(network, silu(network, x), outputs, 1)


def joined(network, values):
    return network.add("Concat", values, sum(network.channels[x] for x in values), axis=1)


def pooled(network, x):
    """Spatial pyramid pooling over 5, 9 and 13 cells."""
    width = network.channels[x]
    y = conv(network, x, width // 2, 1)
    pools = [
        network.add("MaxPool", [y], width // 2, kernel_shape=[size, size], strides=[1, 1], pads=[size // 2] * 4)
        for size in (5, 9, 13)
    ]
    return conv(network, joined(network, [y, *pools]), width, 1)


def cross_stage(network, x, outputs, blocks, block, is_residual):
    """A cross-stage partial layer: half of the channels go through the blocks."""
    short, y = conv(network, x, outputs // 2, 1), conv(network, x, outputs // 2, 1)
    for _ in range(blocks):
        z = block(network, y)
        y = network.sum([z, y]) if is_residual else z
    return joined(network, [y, short])


def attended(network, x):
    """Every channel times what its mean over the picture says."""
    width = network.channels[x]
    mean = network.add("GlobalAveragePool", [x], width)
    weight = network.add("HardSigmoid", [network.conv(mean, width, 1, relu=False)], width, alpha=1 / 6)
    return network.add("Mul", [x, weight], width)


def pyramid(network, levels, merge, down):
    """Path aggregation over three levels: from the coarsest to the finest, and back."""
    fine, middle, coarse = levels
    coarse = conv(network, coarse, network.channels[middle], 1)
    middle = merge(joined(network, [network.enlarge(coarse, 2), middle]), network.channels[middle])
    middle = conv(network, middle, network.channels[fine], 1)
    fine = merge(joined(network, [network.enlarge(middle, 2), fine]), network.channels[fine])
    middle = merge(joined(network, [down(fine, network.channels[fine]), middle]), 2 * network.channels[fine])
    return [fine, middle, merge(joined(network, [down(middle, network.channels[middle]), coarse]), 4 * network.channels[fine])]


def backbone(network, x, plan, down, stage):
    """The three coarsest of four levels. `plan` has outputs and blocks of each; the last looks at larger surroundings first."""
    levels = []
    for outputs, blocks in plan:
        x = down(x, outputs)
        is_last = len(levels) == len(plan) - 1
        x = stage(pooled(network, x) if is_last else x, outputs, blocks, is_residual=not is_last)
        levels.append(x)
    return levels[1:]


def yolox_tiny(network):
    def block(network, y):
        return conv(network, conv(network, y, network.channels[y], 1), network.channels[y], 3)

    def down(x, outputs):
        return conv(network, x, outputs, 3, 2)

    def stage(x, outputs, blocks, is_residual):
        return conv(network, cross_stage(network, x, outputs, blocks, block, is_residual), outputs, 1)

    def merge(x, outputs):
        return stage(x, outputs, 1, is_residual=False)

    x = network.add("SpaceToDepth", ["input"], 12, blocksize=2)
    x = conv(network, x, 24, 3)
    levels = pyramid(network, backbone(network, x, [(48, 1), (96, 3), (192, 3), (384, 1)], down, stage), merge, down)
    outputs = []
    for level, x in enumerate(levels):
        x = conv(network, x, 96, 1)
        classes, boxes = (conv(network, conv(network, x, 96, 3), 96, 3) for _ in range(2))
        outputs += [
            (network.conv(y, count, 1, relu=False), 8 << level) for y, count in [(classes, 80), (boxes, 4), (boxes, 1)]
        ]
    return outputs


def rtmdet_nano(network):
    def block(network, y):
        width = network.channels[y]
        return depthwise_conv(network, depthwise_conv(network, y, width, 3), width, 5)

    def down(x, outputs):
        return depthwise_conv(network, x, outputs, 3, 2)

    def stage(x, outputs, blocks, is_residual):
        return conv(network, attended(network, cross_stage(network, x, outputs, blocks, block, is_residual)), outputs, 1)

    def merge(x, outputs):
        return conv(network, cross_stage(network, x, outputs, 1, block, False), outputs, 1)

    x = conv(network, conv(network, conv(network, "input", 8, 3, 2), 8, 3), 16, 3)
    levels = pyramid(network, backbone(network, x, [(32, 1), (64, 2), (128, 2), (256, 1)], down, stage), merge, down)
    outputs = []
    for level, x in enumerate(levels):
        x = depthwise_conv(network, x, 64, 3)
        for count in (1, 4):
            y = depthwise_conv(network, depthwise_conv(network, x, 64, 3), 64, 3)
            outputs.append((network.conv(y, count, 1, relu=False), 8 << level))
    return outputs
