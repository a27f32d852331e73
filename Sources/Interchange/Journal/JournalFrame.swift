package import Pose
package import Timing

/// What a journal keeps of one frame: all that was estimated, before linking, so that a tracker fed with it again
/// comes to where it stood.
package struct JournalFrame: Hashable, Sendable {
  /// Counted from 0 over all frames of the video.
  package var index: Int
  package var time: MediaTime
  package var name: String?
  package var size: PictureSize
  /// Whether the picture begins a shot; nil where nobody has looked.
  package var beginsShot: Bool?
  package var poses: [Pose]
  /// The identity of each pose; nil where it has none. As many as poses.
  package var trackIDs: [Int?]

  package init(
    index: Int, time: MediaTime, name: String? = nil, size: PictureSize, beginsShot: Bool? = nil, poses: [Pose],
    trackIDs: [Int?]? = nil
  ) {
    self.index = index
    self.time = time
    self.name = name
    self.size = size
    self.beginsShot = beginsShot
    self.poses = poses
    self.trackIDs = trackIDs ?? Array(repeating: nil, count: poses.count)
  }
}

extension JournalFrame {
  /// The frame in bytes; doubles keep their bit patterns.
  var record: [UInt8] {
    var writer = RecordWriter()
    writer.append(Int64(index))
    writer.append(time.ticks)
    writer.append(time.numerator)
    writer.append(time.denominator)
    writer.append(name)
    writer.append(Int32(clamping: size.width))
    writer.append(Int32(clamping: size.height))
    writer.append(Int8(beginsShot.map { $0 ? 1 : 0 } ?? -1))
    writer.append(UInt32(poses.count))
    for (pose, id) in zip(poses, trackIDs) {
      writer.append(Int64(id ?? -1))
      writer.append(pose)
    }
    return writer.bytes
  }

  /// The frame of such bytes; nil where they are not of a frame.
  init?(record: ArraySlice<UInt8>) {
    var reader = RecordReader(record)
    guard let index = reader.integer(Int64.self), let ticks = reader.integer(Int64.self),
      let numerator = reader.integer(Int32.self), let denominator = reader.integer(Int32.self),
      let name = reader.text(), let width = reader.integer(Int32.self), let height = reader.integer(Int32.self),
      let shot = reader.integer(Int8.self), (-1...1).contains(shot), let count = reader.integer(UInt32.self)
    else { return nil }
    self.init(
      index: Int(index), time: MediaTime(ticks: ticks, numerator: numerator, denominator: denominator), name: name,
      size: PictureSize(width: Int(width), height: Int(height)), beginsShot: shot < 0 ? nil : shot == 1, poses: [])
    for _ in 0..<count {
      guard let id = reader.integer(Int64.self), let pose = reader.pose() else { return nil }
      poses.append(pose)
      trackIDs.append(id < 0 ? nil : Int(id))
    }
    guard reader.isAtEnd else { return nil }
  }
}
