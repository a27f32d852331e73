internal import Files

/// How files in HDF5 are read and written. A program that was built without the library has none of it, and says so.
extension RecordingFormat {
  #if HDF5

  static let hdf5Missing: String? = nil

  static let sleapAnalysisReader: Reader? = .text { (file, name, options) throws(FileError) in
    try RecordingReader(sleapAnalysis: file, named: name, options)
  }

  static let sleapAnalysisWriter: Writer? = { (target, header, _) throws(FileError) in
    try SLEAPAnalysisWriter(target, header: header)
  }

  static let movementReader: Reader? = .text { (file, name, options) throws(FileError) in
    try RecordingReader(movement: file, named: name, options)
  }

  static let movementWriter: Writer? = { (target, header, options) throws(FileError) in
    try MovementWriter(target, header: header, options, write: MovementData.writeHDF5)
  }

  #else

  static let hdf5Missing: String? = "HDF5"
  static let sleapAnalysisReader: Reader? = nil
  static let sleapAnalysisWriter: Writer? = nil
  static let movementReader: Reader? = nil
  static let movementWriter: Writer? = nil

  #endif
}
