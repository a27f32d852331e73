"""What each tool writes of what it has read: its `source`, a file of ours, becomes `name`, which we read as `format`. A writer is
given both places."""

from readers import Check, quiet


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
    Check("sleap-analysis", "sleap.analysis.h5", "sleap-io", sleap("load_analysis_h5", "save_analysis_h5"), source="a.analysis.h5"),
    Check(
        "sleap-analysis", "standard.analysis.h5", "sleap-io, order of Python",
        sleap("load_analysis_h5", "save_analysis_h5", preset="standard"), source="a.analysis.h5"),
    Check(
        "sleap-analysis", "movement.analysis.h5", "movement",
        movement("SLEAP", saved_poses("to_sleap_analysis_file")), source="a.analysis.h5"),
    Check("sleap", "sleap.sleap.csv", "sleap-io", sleap("load_analysis_h5", "save_csv", format="sleap"), source="a.analysis.h5"),
    Check(
        "deeplabcut", "movement.dlc.csv", "movement",
        movement("SLEAP", saved_poses("to_dlc_file", split_individuals=False)), source="a.analysis.h5"),
    Check("movement", "movement4.nc", "movement, netCDF4", movement("SLEAP", netcdf("netcdf4")), source="a.analysis.h5"),
    Check("movement", "movement5.nc", "movement, h5netcdf", movement("SLEAP", netcdf("h5netcdf")), source="a.analysis.h5"),
    Check("csv", "pandas.csv", "pandas", pandas_table, source="a.csv"),
    Check("csv-wide", "pandas.wide.csv", "pandas", pandas_table, source="a.wide.csv"),
]
