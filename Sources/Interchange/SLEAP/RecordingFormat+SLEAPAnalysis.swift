internal import Files

extension RecordingFormat {
  package static let sleapAnalysis = RecordingFormat(
    name: "sleap-analysis", summary: "SLEAP's analysis file in HDF5", suffixes: [".analysis.h5", ".h5"],
    missing: hdf5Missing, lacks: [.names, .boxes, .times, .appearance, .provenance],
    recognises: { $0.isHDF5 && $0.text.contains("track_occupancy") },
    reader: sleapAnalysisReader,
    writer: sleapAnalysisWriter)
}

extension TextStart {
  /// Whether the signature of HDF5 stands at the beginning, whose first byte is no text.
  var isHDF5: Bool { text.unicodeScalars.dropFirst().starts(with: "HDF\r\n\u{1A}\n".unicodeScalars) }
}
