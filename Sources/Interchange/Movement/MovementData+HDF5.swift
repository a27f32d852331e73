#if HDF5

internal import CHDF5
internal import Files
internal import Pose

extension MovementData {
  /// In netCDF-4, whose files are HDF5 with a scale for each dimension (netCDF's file format specification).
  func writeHDF5(_ target: OutputTarget) throws(FileError) {
    let output = try HDF5Output(target)
    for (name, text) in attributes { try output.set(name, text) }
    if let rate = spool.frameRate { try output.set("fps", rate) }
    let scales = try makeScales(in: output)
    let counts: [DenseAxis: Int] = [
      .frame: spool.count, .coordinate: Self.space.count, .joint: joints.count, .person: spool.names.count,
    ]
    let axes = [DenseAxis.frame, .coordinate, .joint, .person]
    var position = try DenseArrayWriter(output, "position", CHDF5_FLOAT64, axes, counts)
    var confidence = try DenseArrayWriter(output, "confidence", CHDF5_FLOAT64, [.frame, .joint, .person], counts)
    try output.attach(scales, to: position.array)
    try output.attach([scales[0]] + scales[2...], to: confidence.array)
    var frame = 0
    try spool.forEachRow { (row) throws(FileError) in
      for person in row.people {
        for (joint, point, score) in person.keypoints {
          try position.put(point.x, frame: frame, person: person.column, joint: joint, coordinate: 0)
          try position.put(point.y, frame: frame, person: person.column, joint: joint, coordinate: 1)
          try confidence.put(score, frame: frame, person: person.column, joint: joint)
        }
      }
      frame += 1
    }
    try position.finish()
    try confidence.finish()
    try output.finish()
  }

  /// The coordinates along the dimensions, in their order.
  private func makeScales(in output: HDF5Output) throws(FileError) -> [chdf5_id] {
    var times: [Double] = []
    try spool.forEachRow { (row) in times.append(time(row)) }
    var scales = [
      try output.write("time", isTimed ? CHDF5_FLOAT64 : CHDF5_INT64, shape: [times.count], times)
    ]
    for (name, texts) in zip(Self.dimensions.dropFirst(), [Self.space, joints, spool.names]) {
      scales.append(try output.write(name, texts))
    }
    for (name, scale) in zip(Self.dimensions, scales) { try output.makeScale(scale, name) }
    return scales
  }
}

#endif
