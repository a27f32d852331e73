internal import Files

extension RecordingFormat {
  package static let movement = RecordingFormat(
    name: "movement", summary: "a data set of poses for movement and xarray, in netCDF's classic format",
    suffixes: [".nc"], lacks: [.names, .boxes, .personScores, .appearance, .provenance],
    writer: { (target, header, options) throws(FileError) in
      try MovementWriter(target, header: header, options)
    })
}
