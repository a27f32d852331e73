internal import Files

extension RecordingFormat {
  package static let movement = RecordingFormat(
    name: "movement", summary: "a data set of poses for movement and xarray, in netCDF-4", suffixes: [".nc"],
    missing: hdf5Missing, lacks: [.names, .boxes, .personScores, .appearance, .provenance],
    recognises: { $0.isHDF5 && $0.text.contains("individual") },
    reader: movementReader,
    writer: movementWriter)

  package static let movementClassic = RecordingFormat(
    name: "movement-classic", summary: "the same in netCDF's classic format, which needs no HDF5",
    suffixes: [".classic.nc"], lacks: [.names, .boxes, .personScores, .appearance, .provenance],
    writer: { (target, header, options) throws(FileError) in
      try MovementWriter(target, header: header, options, write: MovementData.writeClassic)
    })
}
