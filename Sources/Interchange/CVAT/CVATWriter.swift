internal import Files
internal import Pose

/// Writes the annotations that CVAT imports as *CVAT for video 1.1*.
///
/// The file is by person where poses come by frame: they are held in memory until the end. Every frame is a key frame; where a
/// person is gone, the track ends with a shape that is outside. An absent keypoint is a point outside.
final class CVATWriter: RecordingWriter {
  private struct Shape {
    var frame: Int
    var pose: Pose
  }

  private let target: OutputTarget
  private let header: RecordingHeader
  private var size: PictureSize?
  private var people = IdentityColumns()
  private var tracks: [[Shape]] = []
  private var last = -1
  private var hasBoth = false

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) {
    (self.target, self.header, size) = (target, header, header.size ?? options.size)
  }

  var notes: [String] {
    hasBoth ? ["skeletons have no boxes in CVAT: those of people with keypoints are left out"] : []
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    size = size ?? frame.size
    last = frame.index
    let columns = try people.columns(of: frame)
    while tracks.count < people.identities.count { tracks.append([]) }
    for (column, person) in zip(columns, frame.people) {
      tracks[column].append(Shape(frame: frame.index, pose: person.pose))
      hasBoth = hasBoth || !person.pose.keypoints.isEmpty
    }
  }

  func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    try file.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n<version>1.1</version>\n\(meta)")
    for (id, shapes) in zip(people.identities, tracks) {
      try file.write("<track id=\"\(id ?? 0)\" label=\"person\" source=\"auto\">\n")
      for (index, shape) in shapes.enumerated() {
        try file.write(text(shape, isOutside: false))
        let next = index + 1 < shapes.count ? shapes[index + 1].frame : last + 1
        if next > shape.frame + 1 {
          try file.write(text(Shape(frame: shape.frame + 1, pose: shape.pose), isOutside: true))
        }
      }
      try file.write("</track>\n")
    }
    try file.write("</annotations>\n")
    try file.finish()
  }

  private func text(_ shape: Shape, isOutside: Bool) -> String {
    let (frame, outside) = (shape.frame, isOutside ? 1 : 0)
    guard !shape.pose.keypoints.isEmpty else {
      let box = shape.pose.box
      let edges = zip(["xtl", "ytl", "xbr", "ybr"], [box.x, box.y, box.maxX, box.maxY]).map { name, value in
        "\(name)=\"\(CSVLine.coordinate(value))\""
      }
      return "<box frame=\"\(frame)\" outside=\"\(outside)\" occluded=\"0\" keyframe=\"1\" "
        + "\(edges.joined(separator: " ")) z_order=\"0\"></box>\n"
    }
    let points = zip(header.skeleton.joints, shape.pose.keypoints).map { joint, keypoint in
      let isOut = isOutside || keypoint == nil
      let place = [keypoint?.point.x ?? 0, keypoint?.point.y ?? 0].map(CSVLine.coordinate).joined(separator: ",")
      return "<points label=\"\(XMLText.escaped(joint.name))\" outside=\"\(isOut ? 1 : 0)\" occluded=\"0\" "
        + "keyframe=\"1\" points=\"\(place)\"></points>\n"
    }
    return "<skeleton frame=\"\(frame)\" outside=\"\(outside)\" keyframe=\"1\" z_order=\"0\">\n"
      + points.joined() + "</skeleton>\n"
  }

  private var meta: String {
    let parts = header.skeleton.joints.map {
      "<label><name>\(XMLText.escaped($0.name))</name><type>points</type><attributes></attributes>"
        + "<parent>person</parent></label>\n"
    }
    let area = size.map { "<original_size><width>\($0.width)</width><height>\($0.height)</height></original_size>\n" }
    return """
      <meta>
      <task>
      <name>\(XMLText.escaped(header.name))</name>
      <size>\(last + 1)</size>
      <mode>interpolation</mode>
      <start_frame>0</start_frame>
      <stop_frame>\(max(last, 0))</stop_frame>
      <labels>
      <label><name>person</name><type>\(hasBoth ? "skeleton" : "rectangle")</type><attributes></attributes></label>
      \(hasBoth ? parts.joined() : "")</labels>
      \(area ?? "")</task>
      </meta>

      """
  }
}
