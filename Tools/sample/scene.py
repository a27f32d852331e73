"""The stage, the light and the cast of the clip."""

import numpy as np

import character
from character import MATERIALS, Look
from motion import Path2D
from renderer import NOBODY, Camera, Geometry

FRAMES, RATE = 250, 25
CAMERA = Camera()
BACK = -12.5  # z of the wall

SUN = ((-0.55, 0.9, 0.75), (1.5, 1.38, 1.2), 2048, 3.0)


def skies(count=20, size=512):
    """Lights spread evenly over the upper hemisphere: together the sky's irradiance, bluish and brighter above."""
    lights = []
    for i in range(count):
        y = (i + 0.5) / count
        angle = 2.399963 * i
        r = np.sqrt(1 - y * y)
        strength = 2.0 / count * (0.65 + 0.35 * y)
        lights.append(((r * np.cos(angle), y, r * np.sin(angle)),
                       (0.80 * strength, 0.90 * strength, 1.06 * strength), size, 4.0))
    return lights


def _height(sex, direction, weight):
    return {f"height/{sex}-young-averagemuscle-averageweight-{direction}height": weight}


def _shape(race, sex, build="averagemuscle-averageweight", build_weight=1.0):
    return {f"{race}-{sex}-young": 1.0, f"universal-{sex}-young-{build}": build_weight}


CAST = [
    (Look(_shape("caucasian", "male"), "male_casualsuit04", "shoes01", "short02", skin=(0.56, 0.34, 0.25),
          upper=(0.50, 0.035, 0.03), lower=(0.05, 0.075, 0.16), shoe=(0.05, 0.04, 0.035), hair_colour=(0.07, 0.04, 0.02),
          height=1.79),
     "07_01.bvh", Path2D((-1.7, -9.8), 3, [(1.2, 2.3, 71), (4.9, 6.0, -74)], tempo=0.5)),
    (Look(_shape("african", "female"), "female_casualsuit01", "shoes02", "afro01", skin=(0.20, 0.105, 0.065),
          upper=(0.72, 0.60, 0.10), lower=(0.10, 0.10, 0.11), shoe=(0.55, 0.55, 0.52), hair_colour=(0.02, 0.016, 0.014),
          lower_material="cloth", height=1.68),
     "08_01.bvh", Path2D((-0.45, -8.9), -5, [], tempo=0.33, phase=0.3)),
    (Look(_shape("asian", "male"), "male_casualsuit06", "shoes03", "short04", skin=(0.50, 0.33, 0.23),
          upper=(0.07, 0.20, 0.42), lower=(0.30, 0.25, 0.17), shoe=(0.10, 0.06, 0.04), hair_colour=(0.02, 0.017, 0.015),
          lower_material="cloth", upper_material="plaid", height=1.73),
     "02_01.bvh", Path2D((1.9, -8.8), -3, [], tempo=0.37, phase=0.6)),
]


def _quad(corners, material, colour):
    return (np.array(corners, float), np.array([[0, 1, 2], [0, 2, 3]]), material, colour)


def _front(x0, x1, y0, y1, z, material, colour):
    return _quad([[x0, y0, z], [x1, y0, z], [x1, y1, z], [x0, y1, z]], material, colour)


def _box(x0, x1, y0, y1, z0, z1, material, colour):
    """A box with its front at z1."""
    return [
        _front(x0, x1, y0, y1, z1, material, colour),
        _quad([[x0, y1, z1], [x1, y1, z1], [x1, y1, z0], [x0, y1, z0]], material, colour),
        _quad([[x0, y0, z0], [x0, y0, z1], [x0, y1, z1], [x0, y1, z0]], material, colour),
        _quad([[x1, y0, z1], [x1, y0, z0], [x1, y1, z0], [x1, y1, z1]], material, colour),
    ]


def stage():
    """A pavement before a brick front with windows and a door."""
    quads = [
        _quad([[-14, 0, -2], [14, 0, -2], [14, 0, BACK], [-14, 0, BACK]], "paving", (0.42, 0.40, 0.37)),
        _front(-14, 14, 0, 6, BACK, "brick", (0.36, 0.19, 0.14)),
    ]
    quads += _box(-14, 14, 0, 0.35, BACK, BACK + 0.06, "paint", (0.38, 0.37, 0.35))
    for x in (-8.2, -4.9, 4.4, 7.7):
        quads += _box(x - 0.1, x + 1.7, 0.95, 1.05, BACK, BACK + 0.14, "paint", (0.5, 0.49, 0.46))
        quads += _box(x - 0.06, x + 1.66, 1.05, 2.75, BACK, BACK + 0.03, "paint", (0.62, 0.61, 0.58))
        quads += [_front(x + a, x + a + 0.75, 1.12, 2.68, BACK + 0.035, "glass", (0.05, 0.065, 0.08)) for a in (0.0, 0.85)]
    quads += _box(-1.2, 0.1, 0, 2.45, BACK, BACK + 0.07, "paint", (0.45, 0.44, 0.42))
    quads += [_front(-1.1, 0.0, 0.02, 2.3, BACK + 0.075, "paint", (0.04, 0.10, 0.075))]
    quads += [_front(0.9, 2.9, 0.6, 2.5, BACK + 0.02, "glass", (0.06, 0.075, 0.09))]
    return quads


def assemble(characters):
    """One geometry of all people and the stage, and the range of vertices of each person."""
    vertices, rest, colours, triangles, material, owner, ranges, offset = [], [], [], [], [], [], [], 0
    for number, person in enumerate(characters):
        vertices.append(person.vertices)
        rest.append(person.vertices)
        colours.append(person.colours)
        triangles.append(person.triangles + offset)
        material.append(person.material)
        owner.append(np.full(len(person.triangles), number, np.uint8))
        ranges.append(slice(offset, offset + len(person.vertices)))
        offset += len(person.vertices)
    for corners, faces, kind, colour in stage():
        vertices.append(corners)
        rest.append(corners)
        colours.append(np.tile(np.array(colour), (len(corners), 1)))
        triangles.append(faces + offset)
        material.append(np.full(len(faces), MATERIALS.index(kind), np.uint8))
        owner.append(np.full(len(faces), NOBODY, np.uint8))
        offset += len(corners)
    join = np.concatenate
    return Geometry(join(vertices), join(rest), join(colours), join(triangles), join(material), join(owner)), ranges
