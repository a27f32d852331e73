"""Walks from CMU motion capture: reads BVH, cuts a loop of two steps and lets a character walk it along a path."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

CMU_UNIT = 0.0254 / 0.45  # metres: CMU's files are in inches times 0.45

LOOK_UP = 9.0  # degrees that heads are raised: MakeHuman's face looks straight ahead in the rest pose, CMU's does not

# Which captured joint turns which bones of MakeHuman's default rig; bones that are not named follow their parent.
# A pair of bones means that the limb is aligned along head of the first to tail of the second.
FOLLOWS = {
    "Hips": ["root", "pelvis.L", "pelvis.R", "spine05"],
    "lowerback": ["spine04", "spine03"],
    "Chest": ["spine02"],
    "Chest2": ["spine01"],
    "lowerneck": ["neck01"],
    "Neck": ["neck02", "neck03"],
    "Head": ["head"],
}
LIMBS = {
    "Hip": ("Knee", ["upperleg01", "upperleg02"]),
    "Knee": ("Ankle", ["lowerleg01", "lowerleg02"]),
    "Ankle": ("Toe", ["foot"]),
    "Shoulder": ("Elbow", ["upperarm01", "upperarm02"]),
    "Elbow": ("Wrist", ["lowerarm01", "lowerarm02"]),
}


def axis_rotation(axis, degrees):
    """Rotation matrices about a coordinate axis, for an array of angles."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    out = np.zeros(np.shape(degrees) + (3, 3))
    i, j, k = axis, (axis + 1) % 3, (axis + 2) % 3
    out[..., i, i] = 1
    out[..., j, j], out[..., k, k] = c, c
    out[..., j, k], out[..., k, j] = -s, s
    return out


def between(a, b):
    """The smallest rotation that turns direction a to direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), float(a @ b)
    cross = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.eye(3) + cross + cross @ cross / (1 + c)


def orthonormal(m):
    """The nearest rotations to the given matrices."""
    u, _, v = np.linalg.svd(m)
    sign = np.sign(np.linalg.det(u @ v))
    u[..., :, 2] *= sign[..., None]
    return u @ v


@dataclass
class Capture:
    """Joints with rest offsets in metres, rotations in world axes (frames × joints × 3 × 3), root (frames × 3)."""

    names: list
    parents: list
    offsets: np.ndarray
    rotations: np.ndarray
    root: np.ndarray
    seconds: float

    def index(self, name):
        return self.names.index(name)


def read_bvh(path) -> Capture:
    names, parents, offsets, channels, stack, last = [], [], [], [], [], None
    lines = iter(Path(path).read_text(errors="replace").splitlines())
    for line in lines:
        fields = line.split()
        if not fields:
            continue
        if fields[0] in ("ROOT", "JOINT"):
            names.append(fields[1])
            parents.append(stack[-1] if stack else -1)
            channels.append([])
            last = len(names) - 1
        elif fields[0] == "End":
            last = None
        elif fields[0] == "{":
            stack.append(last)
        elif fields[0] == "}":
            stack.pop()
        elif fields[0] == "OFFSET" and stack[-1] is not None:
            offsets.append([float(value) for value in fields[1:4]])
        elif fields[0] == "CHANNELS":
            channels[stack[-1]] = fields[2:]
        elif fields[0] == "MOTION":
            break
    next(lines)
    seconds = float(next(lines).split()[-1])
    values = np.array([[float(value) for value in line.split()] for line in lines if line.strip()])
    rotations = np.zeros((len(values), len(names), 3, 3))
    root, column = np.zeros((len(values), 3)), 0
    for joint, kinds in enumerate(channels):
        local = np.tile(np.eye(3), (len(values), 1, 1))
        for kind in kinds:
            axis = "XYZ".index(kind[0])
            if kind.endswith("position"):
                root[:, axis] += values[:, column]
            else:
                local = local @ axis_rotation(axis, values[:, column])
            column += 1
        rotations[:, joint] = local if parents[joint] < 0 else rotations[:, parents[joint]] @ local
    return Capture(names, parents, np.array(offsets) * CMU_UNIT, rotations, root * CMU_UNIT, seconds)


@dataclass
class Cycle:
    """Two steps that repeat: rotations with the heading taken out (walking along +z), sway of the hips about the
    line, length in metres and duration in seconds."""

    capture: Capture
    rotations: np.ndarray
    sway: np.ndarray
    length: float
    duration: float


def cut_cycle(capture: Capture, blend=24) -> Cycle:
    """The pair of frames, 0.8 to 1.5 s apart, with the most similar pose; the end is blended into what came before
    the start so that the loop has no seam."""
    heading = capture.root[-1] - capture.root[0]
    yaw = np.degrees(np.arctan2(heading[0], heading[2]))
    turned = axis_rotation(1, -yaw)
    rotations, root = turned @ capture.rotations, capture.root @ turned.T
    best = (np.inf, 0, 0)
    for period in range(int(0.8 / capture.seconds), int(1.5 / capture.seconds)):
        for start in range(blend, len(root) - period, 4):
            cost = np.square(rotations[start] - rotations[start + period]).sum()
            best = min(best, (cost, start, period))
    _, start, period = best
    length = float(root[start + period, 2] - root[start, 2])
    drift = (root[start + period] - root[start]) / period
    line = root[start] + drift * np.arange(-start, len(root) - start)[:, None]
    sway = root - line + [0, root[start : start + period, 1].mean(), 0] - [0, 1, 0] * (root - line).mean(axis=0)
    sway[:, 1] = root[:, 1]
    loop_rotations, loop_sway = rotations[start : start + period].copy(), sway[start : start + period].copy()
    for i in range(blend):
        share, at = (i + 1) / (blend + 1), period - blend + i
        loop_rotations[at] = orthonormal((1 - share) * loop_rotations[at] + share * rotations[start - blend + i])
        loop_sway[at] = (1 - share) * loop_sway[at] + share * sway[start - blend + i]
    return Cycle(capture, loop_rotations, loop_sway, length, period * capture.seconds)


@dataclass
class Path2D:
    """Where someone walks: start (x, z) in metres, heading in degrees (0 towards +z, 90 towards +x), turns as
    (from second, to second, degrees), tempo relative to the capture, and the phase of the first frame in cycles."""

    start: tuple
    heading: float
    turns: list
    tempo: float = 1.0
    phase: float = 0.0


def walk(character, cycle: Cycle, path: Path2D, seconds: np.ndarray):
    """Bone transforms in the world at the given times: rotations (T × B × 3 × 3) and positions of bone heads."""
    capture, rest = cycle.capture, dict(zip(character.names, range(len(character.names))))
    turned = _bone_rotations(character, cycle)
    hip = character.heads[[rest["upperleg01.L"], rest["upperleg01.R"]], 1].mean()
    scale = hip / _standing_hip(cycle)

    heading = np.full(len(seconds), float(path.heading))
    for begin, end, degrees in path.turns:
        t = np.clip((seconds - begin) / (end - begin), 0, 1)
        heading += degrees * t * t * (3 - 2 * t)
    speed = cycle.length * scale / cycle.duration * path.tempo
    step = np.diff(seconds, prepend=seconds[0])
    along = np.stack([np.sin(np.radians(heading)), np.zeros_like(heading), np.cos(np.radians(heading))], axis=1)
    place = np.array([path.start[0], 0, path.start[1]]) + np.cumsum(along * (speed * step)[:, None], axis=0)

    frames = len(cycle.rotations)
    at = (seconds * path.tempo / cycle.duration + path.phase) % 1 * frames
    low, share = np.floor(at).astype(int) % frames, (at % 1)[:, None]
    high = (low + 1) % frames
    pose = orthonormal(turned[low] * (1 - share[..., None, None]) + turned[high] * share[..., None, None])
    sway = (cycle.sway[low] * (1 - share) + cycle.sway[high] * share) * scale
    yaw = axis_rotation(1, heading)
    pose = yaw[:, None] @ pose
    positions = np.zeros((len(seconds), len(character.names), 3))
    for bone, parent in enumerate(character.parents):
        if parent < 0:
            positions[:, bone] = place + np.einsum("tij,tj->ti", yaw, sway)
        else:
            positions[:, bone] = positions[:, parent] + np.einsum(
                "tij,j->ti", pose[:, parent], character.heads[bone] - character.heads[parent])
    return pose, positions


def _standing_hip(cycle):
    """Height of the captured hip joints above the lowest ankle, as a measure of the legs' length."""
    capture = cycle.capture
    leg = sum(np.linalg.norm(capture.offsets[capture.index(f"Left{name}")]) for name in ("Knee", "Ankle"))
    return leg + 0.09


def _bone_rotations(character, cycle):
    """Rotations of all bones relative to the rest pose, for every frame of the cycle."""
    capture, names = cycle.capture, character.names
    rotations = np.full((len(cycle.rotations), len(names), 3, 3), np.nan)
    for joint, bones in FOLLOWS.items():
        for bone in bones:
            raised = axis_rotation(0, np.array(-LOOK_UP if joint in ("Neck", "Head") else 0.0))
            rotations[:, names.index(bone)] = cycle.rotations[:, capture.index(joint)] @ raised
    for side, letter in (("Left", "L"), ("Right", "R")):
        for bone in ("clavicle", "shoulder01"):
            rotations[:, names.index(f"{bone}.{letter}")] = cycle.rotations[:, capture.index(f"{side}Collar")]
        for joint, (next_joint, bones) in LIMBS.items():
            first, last = names.index(f"{bones[0]}.{letter}"), names.index(f"{bones[-1]}.{letter}")
            align = between(character.tails[last] - character.heads[first],
                            capture.offsets[capture.index(f"{side}{next_joint}")])
            for bone in bones:
                rotations[:, names.index(f"{bone}.{letter}")] = cycle.rotations[:, capture.index(f"{side}{joint}")] @ align
    for bone, parent in enumerate(character.parents):
        if np.isnan(rotations[0, bone]).any():
            rotations[:, bone] = rotations[:, parent]
    return rotations


def skin(character, pose, positions):
    """Vertices of one frame by linear blending: v' = Σ w (R (v − head) + position)."""
    shift = positions - np.einsum("bij,bj->bi", pose, character.heads)
    transforms = np.concatenate([pose, shift[..., None]], axis=2).reshape(len(pose), 12)
    blended = (character.weights @ transforms).reshape(-1, 3, 4)
    return np.einsum("vij,vj->vi", blended[..., :3], character.vertices) + blended[..., 3]
