"""The renderer in C (raster.c, shade.c), compiled on first use and called through ctypes."""

import ctypes
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
NOBODY = 255  # owner of triangles that belong to no person


class _Mesh(ctypes.Structure):
    _fields_ = [("vertices", ctypes.c_int32), ("triangles", ctypes.c_int32)] + [
        (name, ctypes.c_void_p)
        for name in ("position", "normal", "rest", "albedo", "index", "material", "owner")
    ]


class _Light(ctypes.Structure):
    _fields_ = [("row", ctypes.c_float * 12), ("to_light", ctypes.c_float * 3), ("radiance", ctypes.c_float * 3),
                ("size", ctypes.c_int32), ("bias", ctypes.c_float), ("spread", ctypes.c_float),
                ("depth", ctypes.c_void_p)]


def compiled(folder):
    """The shared library, built in `folder` when it is missing or older than its source."""
    library = Path(folder) / "librender.so"
    sources = [HERE / "raster.c", HERE / "shade.c"]
    newest = max(path.stat().st_mtime for path in sources + [HERE / "raster.h"])
    if not library.exists() or library.stat().st_mtime < newest:
        library.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O3", "-march=native", "-ffast-math", "-fno-finite-math-only", "-shared", "-fPIC",
                        *map(str, sources), "-o", str(library), "-lm"], check=True)
    return ctypes.CDLL(str(library))


@dataclass
class Camera:
    """A pinhole camera that looks along −z from `position`, pitched down; pixel centres are at integers."""

    width: int = 640
    height: int = 360
    focal: float = 680.0
    position: tuple = (0.0, 1.5, 0.0)
    pitch: float = 5.0

    @property
    def view(self):
        c, s = np.cos(np.radians(self.pitch)), np.sin(np.radians(self.pitch))
        rotation = np.array([[1, 0, 0], [0, -c, s], [0, -s, -c]])
        return np.concatenate([rotation, -rotation @ np.array(self.position)[:, None]], axis=1)

    @property
    def centre(self):
        return (self.width - 1) / 2, (self.height - 1) / 2

    def project(self, points):
        """Columns, rows and depths of points in the world."""
        view = self.view
        p = points @ view[:, :3].T + view[:, 3]
        return np.stack([self.focal * p[:, 0] / p[:, 2] + self.centre[0],
                         self.focal * p[:, 1] / p[:, 2] + self.centre[1], p[:, 2]], axis=1)


@dataclass
class Geometry:
    """What is drawn: positions change from frame to frame, the rest stays."""

    positions: np.ndarray
    rest: np.ndarray
    colours: np.ndarray
    triangles: np.ndarray
    material: np.ndarray
    owner: np.ndarray


class Renderer:
    def __init__(self, library, camera: Camera, geometry: Geometry, sun, skies, samples=2):
        self.c, self.camera, self.samples = library, camera, samples
        self.geometry = geometry
        self.arrays = {
            "position": np.ascontiguousarray(geometry.positions, np.float32),
            "normal": np.zeros_like(geometry.positions, np.float32),
            "rest": np.ascontiguousarray(geometry.rest, np.float32),
            "albedo": np.ascontiguousarray(geometry.colours, np.float32),
            "index": np.ascontiguousarray(geometry.triangles, np.int32),
            "material": np.ascontiguousarray(geometry.material, np.uint8),
            "owner": np.ascontiguousarray(geometry.owner, np.uint8),
        }
        self.mesh = _Mesh(len(geometry.positions), len(geometry.triangles),
                          *(self.arrays[name].ctypes.data for name, _ in _Mesh._fields_[2:]))
        self.view = (ctypes.c_float * 12)(*camera.view.astype(np.float32).ravel())
        self.width, self.height = camera.width * samples, camera.height * samples
        cx, cy = (value * samples + (samples - 1) / 2 for value in camera.centre)
        self.lens = (ctypes.c_float(camera.focal * samples), ctypes.c_float(cx), ctypes.c_float(cy))
        self.nearest = np.zeros((self.height, self.width), np.float32)
        self.ids = np.zeros((self.height, self.width), np.int32)
        self.maps = []
        self.plate = None
        self.sun = self._light(*sun)
        self.skies = (_Light * len(skies))(*[self._light(*sky) for sky in skies])

    def _light(self, direction, radiance, size, spread):
        """A parallel light whose depth map covers the stage, x ±7, y 0…2, z −13…−2 metres."""
        direction = np.array(direction) / np.linalg.norm(direction)
        side = np.cross(direction, [0.0, 1.0, 0.1])
        side /= np.linalg.norm(side)
        up = np.cross(side, direction)
        corners = np.array([[x, y, z] for x in (-7, 7) for y in (0, 2) for z in (-13, -2)])
        rows = np.zeros((3, 4))
        for row, axis in enumerate((side, up)):
            low, high = (corners @ axis).min(), (corners @ axis).max()
            rows[row, :3] = axis * (size - 1) / (high - low)
            rows[row, 3] = -low * (size - 1) / (high - low)
        rows[2, :3] = direction
        depth = np.zeros((size, size), np.float32)
        self.maps.append(depth)
        return _Light((ctypes.c_float * 12)(*rows.ravel()), (ctypes.c_float * 3)(*direction),
                      (ctypes.c_float * 3)(*radiance), size, 0.012 if spread < 4 else 0.02, spread, depth.ctypes.data)

    def place(self, positions):
        """Moves the vertices."""
        self.arrays["position"][:] = positions
        address = self.arrays
        self.c.vertex_normals(len(positions), ctypes.c_void_p(address["position"].ctypes.data), self.mesh.triangles,
                              ctypes.c_void_p(address["index"].ctypes.data), ctypes.c_void_p(address["normal"].ctypes.data))

    def owners(self, only=-1):
        """Who is seen at every sample (NOBODY where none), and the inverse depth; `only` draws one person alone."""
        self.c.rasterize(ctypes.byref(self.mesh), self.view, *self.lens, self.width, self.height, only,
                         ctypes.c_void_p(self.nearest.ctypes.data), ctypes.c_void_p(self.ids.ctypes.data))
        owner = self.arrays["owner"]
        return np.where(self.ids >= 0, owner[np.maximum(self.ids, 0)], NOBODY).astype(np.uint8), self.nearest.copy()

    def _shade(self, plate):
        out = np.zeros((self.height, self.width, 3), np.float32)
        self.c.shade(ctypes.byref(self.mesh), self.view, *self.lens, self.width, self.height,
                     ctypes.c_void_p(self.ids.ctypes.data), ctypes.byref(self.sun), self.skies, len(self.skies),
                     ctypes.c_void_p(plate.ctypes.data if plate is not None else None), ctypes.c_void_p(out.ctypes.data))
        return out

    def picture(self):
        """The frame as 8-bit sRGB."""
        if self.plate is None:
            for depth in self.maps:
                depth.fill(-1e9)
            self.owners(only=NOBODY)
            self.plate = self._shade(None)
        self.owners()
        self.c.cast_shadows(ctypes.byref(self.mesh), ctypes.byref(self.sun))
        for sky in self.skies:
            self.c.cast_shadows(ctypes.byref(self.mesh), ctypes.byref(sky))
        out = self._shade(self.plate)
        k = self.samples
        toned = out * (1 + out / 9) / (1 + out)  # Reinhard's curve with white at 3
        linear = 1.38 * toned.reshape(self.camera.height, k, self.camera.width, k, 3).mean(axis=(1, 3))
        linear = np.clip(linear, 0, 1)
        srgb = np.where(linear < 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
        return np.clip(srgb * 255 + 0.5, 0, 255).astype(np.uint8)
