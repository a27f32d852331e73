#if HDF5

internal import CHDF5
internal import Files
internal import Pose

/// Writes SLEAP's analysis file.
final class SLEAPAnalysisWriter: RecordingWriter {
  private let target: OutputTarget
  private let header: RecordingHeader
  private let spool: DenseSpool

  init(_ target: OutputTarget, header: RecordingHeader) throws(FileError) {
    (self.target, self.header) = (target, header)
    spool = try DenseSpool(target, frameRate: nil)
  }

  func append(_ frame: RecordedFrame) throws(FileError) { try spool.append(frame) }

  func finish() throws(FileError) {
    do throws(FileError) {
      let output = try HDF5Output(target)
      try writePoses(to: output)
      try writeNames(to: output)
      try output.finish()
    } catch {
      throw error.in(target.name)
    }
  }

  private func writePoses(to output: HDF5Output) throws(FileError) {
    let counts: [DenseAxis: Int] = [
      .frame: spool.lastIndex.map { $0 + 1 } ?? 0, .person: spool.names.count, .joint: header.skeleton.joints.count,
      .coordinate: 2,
    ]
    func make(_ name: String, _ axes: [DenseAxis], _ type: chdf5_type = CHDF5_FLOAT64) throws(FileError)
      -> DenseArrayWriter
    {
      let writer = try DenseArrayWriter(output, name, type, axes, counts)
      try output.set("dims", JSONText.array(axes.map { JSONText.string($0.rawValue) }), of: writer.array)
      return writer
    }
    var tracks = try make("tracks", SLEAPAnalysis.tracks)
    var occupancy = try make("track_occupancy", SLEAPAnalysis.occupancy, CHDF5_UINT8)
    var pointScores = try make("point_scores", SLEAPAnalysis.pointScores)
    var instanceScores = try make("instance_scores", SLEAPAnalysis.instanceScores)
    var trackingScores = try make("tracking_scores", SLEAPAnalysis.instanceScores)
    try spool.forEachRow { (row) throws(FileError) in
      for person in row.people {
        try occupancy.put(1, frame: row.index, person: person.column)
        try instanceScores.put(person.score, frame: row.index, person: person.column)
        for (joint, point, score) in person.keypoints {
          try tracks.put(point.x, frame: row.index, person: person.column, joint: joint, coordinate: 0)
          try tracks.put(point.y, frame: row.index, person: person.column, joint: joint, coordinate: 1)
          try pointScores.put(score, frame: row.index, person: person.column, joint: joint)
        }
      }
    }
    try tracks.finish()
    try occupancy.finish()
    try pointScores.finish()
    try instanceScores.finish()
    try trackingScores.finish()
  }

  private func writeNames(to output: HDF5Output) throws(FileError) {
    let (joints, limbs) = (header.skeleton.joints.map(\.name), header.skeleton.limbs)
    let hasTracks = spool.people.identities.contains { $0 != nil }
    try output.write("track_names", hasTracks ? spool.names : [])
    try output.write("node_names", joints)
    let edges = limbs.flatMap { [joints[$0.from], joints[$0.to]] }
    try output.write("edge_names", edges, shape: [limbs.count, 2])
    let indices = limbs.flatMap { [Double($0.from), Double($0.to)] }
    try output.write("edge_inds", CHDF5_INT64, shape: [limbs.count, 2], indices)
    try output.write("labels_path", [""], shape: [])
    try output.write("video_path", [header.provenance?.video?.name ?? header.name], shape: [])
    try output.write("video_ind", CHDF5_INT64, shape: [], [0])
    try output.write("provenance", ["{}"], shape: [])
    try output.set("format", "analysis")
    try output.set("preset", "matlab")
  }
}

#endif
