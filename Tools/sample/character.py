"""A clothed person from MakeHuman's base mesh, targets, default rig and fitted clothes, in metres, y up, facing +z."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DECIMETRE = 0.1  # MakeHuman's unit, in metres
SOCKS = (0.35, 0.35, 0.36)
MATERIALS = ["skin", "cloth", "stripes", "plaid", "denim", "leather", "hair", "eye", "paving", "brick", "glass", "paint"]


@dataclass
class Part:
    """A mesh bound to the rig: vertices of the rest pose, triangles, colours and weights for every bone."""

    vertices: np.ndarray
    triangles: np.ndarray
    colours: np.ndarray
    material: np.ndarray
    weights: np.ndarray

    def __post_init__(self):
        """Keeps only the vertices that triangles use."""
        used, compact = np.unique(self.triangles, return_inverse=True)
        self.source = used
        self.triangles = compact.reshape(-1, 3).astype(np.int32)
        self.vertices, self.colours, self.weights = self.vertices[used], self.colours[used], self.weights[used]


def read_obj(path):
    """Vertices, and faces by group name, each face a tuple of vertex indices."""
    vertices, groups, current = [], {}, "default"
    for line in Path(path).read_text(errors="replace").splitlines():
        fields = line.split()
        if not fields:
            continue
        if fields[0] == "v":
            vertices.append([float(value) for value in fields[1:4]])
        elif fields[0] == "g":
            current = fields[1] if len(fields) > 1 else "default"
        elif fields[0] == "f":
            groups.setdefault(current, []).append([int(corner.split("/")[0]) - 1 for corner in fields[1:]])
    return np.array(vertices), groups


def triangulate(faces):
    """Fans of triangles."""
    return np.array([[f[0], f[i], f[i + 1]] for f in faces for i in range(1, len(f) - 1)], np.int32).reshape(-1, 3)


def pieces(count, triangles):
    """Masks of the vertices that hang together: a shirt, trousers, one shoe."""
    label = np.arange(count)
    while True:
        lowest = label[triangles].min(axis=1)
        new = label.copy()
        for corner in range(3):
            np.minimum.at(new, triangles[:, corner], lowest)
        new = new[new]
        if np.array_equal(new, label):
            return [label == one for one in np.unique(label)]
        label = new


class MakeHuman:
    """The data folders: `base` is makehuman/data of the program, `assets` is base/ of makehuman-assets."""

    def __init__(self, base, assets):
        self.base, self.assets = Path(base), Path(assets)
        self.vertices, self.groups = read_obj(self.base / "3dobjs/base.obj")
        rig = json.loads((self.base / "rigs/default.mhskel").read_text())
        self.joints = rig["joints"]
        self.bones = self._ordered(rig["bones"])
        weights = json.loads((self.base / "rigs/default_weights.mhw").read_text())["weights"]
        self.weights = np.zeros((len(self.vertices), len(self.bones)))
        for index, (name, _) in enumerate(self.bones):
            for vertex, weight in weights.get(name, []):
                self.weights[vertex, index] = weight
        total = self.weights.sum(axis=1, keepdims=True)
        self.weights = np.where(total > 0, self.weights / np.maximum(total, 1e-9), 0)
        self.weights[total[:, 0] == 0, 0] = 1

    @staticmethod
    def _ordered(bones):
        """Bones with parents first."""
        ordered, known = [], set()
        while len(ordered) < len(bones):
            for name in sorted(bones):
                if name not in known and (bones[name]["parent"] is None or bones[name]["parent"] in known):
                    ordered.append((name, bones[name]))
                    known.add(name)
        return ordered

    def bone(self, name):
        return next(i for i, (other, _) in enumerate(self.bones) if other == name)

    def target(self, name):
        """Displacements of a macro target, as a dense array."""
        moved = np.zeros_like(self.vertices)
        for line in (self.base / "targets/macrodetails" / f"{name}.target").read_text(errors="replace").splitlines():
            fields = line.split()
            if len(fields) == 4 and not line.startswith("#"):
                moved[int(fields[0])] = [float(value) for value in fields[1:]]
        return moved

    def fitted(self, path, body):
        """A garment fitted to `body`: vertices, triangles, weights and the body's vertices that it hides.

        Every vertex of a garment hangs on a body vertex, or on three with weights and an offset that scales with
        the distances the file names."""
        path = Path(path)
        size, rows, hidden, section, mesh = np.ones(3), [], [], "", path.with_suffix(".obj")
        for line in path.read_text(errors="replace").splitlines():
            fields = line.split()
            if not fields or fields[0].startswith("#"):
                continue
            if fields[0] in ("x_scale", "y_scale", "z_scale"):
                axis = "xyz".index(fields[0][0])
                a, b, distance = int(fields[1]), int(fields[2]), float(fields[3])
                size[axis] = abs(body[a, axis] - body[b, axis]) / distance
            elif fields[0] == "obj_file":
                mesh = path.with_name(fields[1])
            elif fields[0] in ("verts", "delete_verts", "weights"):
                section = fields[0]
            elif section == "verts" and fields[0].lstrip("-").isdigit():
                rows.append([float(value) for value in fields])
            elif section == "delete_verts":
                hidden += self._ranges(fields)
        _, groups = read_obj(mesh)
        vertices, weights = np.zeros((len(rows), 3)), np.zeros((len(rows), len(self.bones)))
        for i, row in enumerate(rows):
            if len(row) == 1:
                vertices[i], weights[i] = body[int(row[0])], self.weights[int(row[0])]
            else:
                corners, share = [int(value) for value in row[:3]], np.array(row[3:6])
                vertices[i] = share @ body[corners] + np.array(row[6:9]) * size
                weights[i] = np.clip(share, 0, None) @ self.weights[corners]
        weights /= weights.sum(axis=1, keepdims=True)
        return vertices, triangulate([face for faces in groups.values() for face in faces]), weights, hidden

    @staticmethod
    def _ranges(fields):
        """Vertex numbers of `1 - 4 7 9 - 12`."""
        numbers, i = [], 0
        while i < len(fields):
            if i + 2 < len(fields) and fields[i + 1] == "-":
                numbers += range(int(fields[i]), int(fields[i + 2]) + 1)
                i += 3
            else:
                numbers.append(int(fields[i]))
                i += 1
        return numbers


@dataclass
class Look:
    """What a person is made of. Colours are linear RGB albedos."""

    targets: dict
    suit: str
    shoes: str
    hair: str
    skin: tuple
    upper: tuple
    lower: tuple
    shoe: tuple
    hair_colour: tuple
    upper_material: str = "cloth"
    lower_material: str = "denim"
    height: float = 1.75


@dataclass
class Character:
    """One merged mesh with its rig in the rest pose, and where its keypoints are attached."""

    vertices: np.ndarray
    triangles: np.ndarray
    colours: np.ndarray
    material: np.ndarray
    weights: np.ndarray
    heads: np.ndarray
    tails: np.ndarray
    parents: list
    names: list
    surface_points: dict
    head_vertices: np.ndarray


def build(data: MakeHuman, look: Look) -> Character:
    body = data.vertices + sum(weight * data.target(name) for name, weight in look.targets.items())
    faces = triangulate(data.groups["body"])
    used = np.unique(faces)
    tall = body[used, 1].max() - body[used, 1].min()
    body = body * (look.height / (tall * DECIMETRE))
    body[:, 1] -= body[used, 1].min()

    hidden = np.zeros(len(body), bool)
    parts = []
    for folder, name, colour, material in [
        ("clothes", look.suit, None, None),
        ("clothes", look.shoes, look.shoe, "leather"),
        ("hair", look.hair, look.hair_colour, "hair"),
        ("eyebrows", "eyebrow001", tuple(0.8 * value for value in look.hair_colour), "hair"),
    ]:
        path = data.assets / folder / name / f"{name}.mhclo"
        vertices, triangles, weights, covered = data.fitted(path, body)
        hidden[covered] = True
        colours = np.tile(np.array(colour if colour else look.upper), (len(vertices), 1))
        kinds = np.full(len(triangles), MATERIALS.index(material or look.upper_material), np.uint8)
        for piece in pieces(len(vertices), triangles):
            low, high = vertices[piece, 1].min() / body[used, 1].max(), vertices[piece, 1].max() / body[used, 1].max()
            if material is None and low < 0.45:
                colours[piece] = look.lower
                kinds[piece[triangles[:, 0]]] = MATERIALS.index(look.lower_material)
            elif material == "leather" and high > 0.075:
                colours[piece] = SOCKS
                kinds[piece[triangles[:, 0]]] = MATERIALS.index("cloth")
        if folder in ("hair", "eyebrows"):
            weights = np.zeros_like(weights)
            weights[:, data.bone("head")] = 1
        parts.append(Part(vertices, triangles, colours, kinds, weights))

    eye_parts, eye_fronts = _eyes(data, body)
    faces = faces[~hidden[faces].all(axis=1)]
    colours = np.tile(np.array(look.skin), (len(body), 1))
    head = data.weights[:, [i for i, (name, _) in enumerate(data.bones) if _under_head(data, name)]].sum(axis=1) > 0.5
    head &= np.isin(np.arange(len(body)), used)
    points = _face_points(body, head, eye_fronts)
    _paint_face(body, colours, points, look)
    parts.insert(0, Part(body, faces, colours, np.full(len(faces), MATERIALS.index("skin"), np.uint8), data.weights))
    parts += eye_parts

    joint = {name: body[vertices].mean(axis=0) for name, vertices in data.joints.items()}
    names = [name for name, _ in data.bones]
    offsets = np.cumsum([0] + [len(part.vertices) for part in parts])
    # The points that keypoints are read from follow the mesh as vertices of their own, without triangles.
    marks = np.concatenate([index for index in points.values()])
    ends = offsets[-1] + np.cumsum([len(index) for index in points.values()])

    def together(field, more):
        return np.concatenate([getattr(part, field) for part in parts] + [more])

    return Character(
        vertices=together("vertices", body[marks]) * DECIMETRE,
        triangles=np.concatenate([part.triangles + offset for part, offset in zip(parts, offsets)]),
        colours=together("colours", colours[marks]),
        material=np.concatenate([part.material for part in parts]),
        weights=together("weights", data.weights[marks]),
        heads=np.array([joint[bone["head"]] for _, bone in data.bones]) * DECIMETRE,
        tails=np.array([joint[bone["tail"]] for _, bone in data.bones]) * DECIMETRE,
        parents=[names.index(bone["parent"]) if bone["parent"] else -1 for _, bone in data.bones],
        names=names,
        surface_points={
            name: np.arange(end - len(index), end) for (name, index), end in zip(points.items(), ends)
        },
        head_vertices=np.flatnonzero(head[parts[0].source]),
    )


def _under_head(data, name):
    bones = dict(data.bones)
    while name is not None and name != "head":
        name = bones[name]["parent"]
    return name == "head"


def _eyes(data, body):
    parts, fronts = [], {}
    for side in "lr":
        faces = triangulate(data.groups[f"helper-{side}-eye"])
        used = np.unique(faces)
        centre = body[used].mean(axis=0)
        front = used[np.argmax(body[used, 2])]
        distance = np.linalg.norm(body - body[front], axis=1)
        radius = body[used, 2].max() - centre[2]
        colours = np.where((distance < 0.62 * radius)[:, None], (0.06, 0.04, 0.03), (0.7, 0.68, 0.66))
        kinds = np.full(len(faces), MATERIALS.index("eye"), np.uint8)
        parts.append(Part(body, faces, colours, kinds, data.weights))
        fronts["left_eye" if side == "l" else "right_eye"] = int(front)
    return parts, fronts


def _face_points(body, head, eyes):
    """Vertices on the face: nose tip, front of the eyes, middle of the ears, top of the head."""
    index = np.flatnonzero(head)
    p = body[index]
    eye_height = body[eyes["left_eye"], 1]
    middle = np.abs(p[:, 0]) < 0.15
    points = {name: [vertex] for name, vertex in eyes.items()}
    below = middle & (p[:, 1] < eye_height - 0.1) & (p[:, 1] > eye_height - 0.7)
    points["nose"] = [int(index[below][np.argmax(p[below, 2])])]
    for side, sign in (("left", 1), ("right", -1)):
        near = np.abs(p[:, 1] - (eye_height - 0.15)) < 0.35
        outermost = np.argsort(-(sign * p[:, 0] * near))[:16]
        points[f"{side}_ear"] = [int(i) for i in index[outermost]]
    points["head_top"] = [int(index[np.argmax(p[:, 1])])]
    return points


def _paint_face(body, colours, points, look):
    """Redder lips and cheeks than the rest of the skin."""
    nose = body[points["nose"][0]]
    skin = np.array(look.skin)
    lips = np.exp(-(((body - (nose + [0, -0.33, -0.15])) / [0.24, 0.085, 0.3]) ** 2).sum(axis=1))
    colours += lips[:, None] * (skin * [0.95, 0.55, 0.55] - skin)
    for side in (-1, 1):
        cheek = np.exp(-(((body - (nose + [side * 0.38, -0.05, -0.25])) / 0.3) ** 2).sum(axis=1))
        colours += 0.5 * cheek[:, None] * (skin * [1.05, 0.85, 0.82] - skin)
