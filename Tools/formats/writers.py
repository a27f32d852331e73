"""What each tool writes of what it has read. A writer is given a file of ours and the place for its own."""

from dataclasses import dataclass, field
from typing import Callable

from readers import TOLERANCE, quiet


@dataclass
class Check:
    """`posetrail convert` makes `source` of the poses, the tool writes `name` from that, and we read it as `format`."""

    format: str
    name: str
    tool: str
    source: str
    write: Callable
    options: list = field(default_factory=list)
    boxes: bool = False
    tolerance: float = TOLERANCE
    select: Callable = lambda everybody: everybody


def sleap(load, save, **options):
    def write(source, target):
        import sleap_io

        labels = quiet(getattr(sleap_io, load), str(source))
        quiet(getattr(sleap_io, save), labels, str(target), **options)

    return write


def movement(software, save):
    def write(source, target):
        from movement.io import load_poses

        save(quiet(load_poses.from_file, source, software, fps=25), target)

    return write


def saved_poses(function, **options):
    def save(dataset, target):
        from movement.io import save_poses

        quiet(getattr(save_poses, function), dataset, target, **options)

    return save


def netcdf(engine):
    """As movement's documentation says to save a data set."""
    return lambda dataset, target: dataset.to_netcdf(target, engine=engine)


def pandas_table(source, target):
    import pandas

    pandas.read_csv(source).to_csv(target, index=False)


CHECKS = [
    Check("sleap-analysis", "sleap.analysis.h5", "sleap-io", "a.analysis.h5", sleap("load_analysis_h5", "save_analysis_h5")),
    Check(
        "sleap-analysis", "standard.analysis.h5", "sleap-io, order of Python", "a.analysis.h5",
        sleap("load_analysis_h5", "save_analysis_h5", preset="standard")),
    Check(
        "sleap-analysis", "movement.analysis.h5", "movement", "a.analysis.h5",
        movement("SLEAP", saved_poses("to_sleap_analysis_file"))),
    Check("sleap", "sleap.sleap.csv", "sleap-io", "a.analysis.h5", sleap("load_analysis_h5", "save_csv", format="sleap")),
    Check(
        "deeplabcut", "movement.dlc.csv", "movement", "a.analysis.h5",
        movement("SLEAP", saved_poses("to_dlc_file", split_individuals=False))),
    Check("movement", "movement4.nc", "movement, netCDF4", "a.analysis.h5", movement("SLEAP", netcdf("netcdf4"))),
    Check("movement", "movement5.nc", "movement, h5netcdf", "a.analysis.h5", movement("SLEAP", netcdf("h5netcdf"))),
    Check("csv", "pandas.csv", "pandas", "a.csv", pandas_table),
    Check("csv-wide", "pandas.wide.csv", "pandas", "a.wide.csv", pandas_table),
]
