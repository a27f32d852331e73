package import Files
package import Foundation
internal import Pose
internal import Timing

/// Writes a PoseTrack 2018 file frame by frame, in memory that does not grow with the video.
///
/// The official layout (`images`, `annotations`, `categories`) is what poseval reads: `keypoints` are the 17 joints of
/// PoseTrack as x, y, 1 (see `PoseTrackMapping`; 0, 0, 0 where there is none) and `scores` their scores. Beside it each
/// annotation holds `pose`, the keypoints as the network gave them (x, y, score; null where absent), and `appearance`, the
/// colours of torso and legs (see `Appearance`), `margin`, how clear its link was, and `filled` where nobody saw it; each image its
/// `index` and `time`, and `begins_shot` where its picture was looked at, and `info` the skeleton, the names of people by `track_id`, and provenance, so that a file read again draws
/// and links the same.
///
/// Frames are spooled to two files beside the destination and joined in `finish()`; without it nothing appears.
package final class PoseTrackWriter: RecordingWriter {
  private let target: OutputTarget
  private let header: RecordingHeader
  private let mapping: PoseTrackMapping
  private let images: OutputFile
  private let annotations: OutputFile
  private let identifiers: PoseTrackIdentifiers
  private var frameCount = 0
  private var extraCount = 0
  private let edition: Edition

  /// The years whose layouts differ: 2021 says whether an image has people labelled, and who somebody is over all videos.
  enum Edition { case y2018, y2021 }

  /// - Parameter target: Where the file is to appear.
  init(_ target: OutputTarget, header: RecordingHeader, edition: Edition) throws(FileError) {
    self.target = target
    self.edition = edition
    self.header = header
    mapping = PoseTrackMapping(from: header.skeleton)
    identifiers = PoseTrackIdentifiers(video: header.name)
    images = try OutputFile(spoolFor: target)
    annotations = try OutputFile(spoolFor: target)
  }

  package convenience init(_ target: OutputTarget, header: RecordingHeader) throws(FileError) {
    try self.init(target, header: header, edition: .y2018)
  }

  package convenience init(_ destination: URL, header: RecordingHeader) throws(FileError) {
    try self.init(.place(destination, overwrites: true), header: header)
  }

  /// Adds the next frame; frames without people count too.
  package func append(_ frame: RecordedFrame) throws(FileError) {
    let imageID = identifiers.image(frame.index)
    try images.write(image(frame, id: imageID) + "\n")
    for (number, person) in frame.people.enumerated() {
      let id = number < 1000 ? imageID * 1000 + number : nextExtra()
      try annotations.write(annotation(person, id: id, imageID: imageID) + "\n")
    }
    frameCount += 1
  }

  /// An id for somebody beyond the first thousand of a frame, above all those that are made of images.
  private func nextExtra() -> Int {
    extraCount += 1
    return 1_000_000_000_000_000 + extraCount
  }

  /// Puts the file at its place.
  package func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    let names = JSONValue.object(
      Dictionary(uniqueKeysWithValues: header.names.map { ("\($0)", JSONValue.string($1)) }))
    let info = JSONText.object([
      "skeleton": header.skeleton.json, "names": header.names.isEmpty ? nil : names.text,
      "provenance": header.provenance?.json.text,
    ])
    try file.write("{\"info\":\(info),\n\"categories\":[\(Self.category)],\n\"images\":[\n")
    try file.append(linesOf: images, ending: ",\"nframes\":\(frameCount)}")
    try file.write("\n],\n\"annotations\":[\n")
    try file.append(linesOf: annotations, ending: "")
    try file.write("\n]}\n")
    try file.finish()
  }

  /// An image without its closing brace, as the number of frames is not known yet.
  private func image(_ frame: RecordedFrame, id: Int) -> String {
    let time = frame.time.map {
      JSONText.object([
        "ticks": "\($0.ticks)", "numerator": "\($0.numerator)", "denominator": "\($0.denominator)",
        "seconds": JSONText.number($0.seconds, places: 6),
      ])
    }
    let size = frame.size ?? header.size
    let object = JSONText.object([
      "id": "\(id)", "frame_id": "\(id)", "vid_id": JSONText.string(identifiers.video),
      "file_name": JSONText.string(identifiers.fileName(frame)), "is_labeled": "true",
      "has_no_densepose": edition == .y2018 ? "true" : nil, "image_id": edition == .y2021 ? "\(id)" : nil,
      "has_labeled_person": edition == .y2021 ? "\(!frame.people.isEmpty)" : nil,
      "ignore_regions_x": "[]", "ignore_regions_y": "[]",
      "width": size.map { "\($0.width)" }, "height": size.map { "\($0.height)" },
      "index": "\(frame.index)", "time": time, "name": frame.name.map(JSONText.string),
      "begins_shot": frame.beginsShot.map { "\($0)" },
    ])
    return String(object.dropLast())
  }

  private func annotation(_ person: RecordedFrame.Person, id: Int, imageID: Int) -> String {
    // Of someone without keypoints there is only a box.
    let joints = person.pose.keypoints.isEmpty ? [] : mapping(person.pose.keypoints)
    return JSONText.object([
      "id": "\(id)", "image_id": "\(imageID)", "category_id": "1", "track_id": person.trackID.map { "\($0)" },
      "person_id": edition == .y2021 ? person.trackID.map { "\($0)" } : nil,
      "bbox": JSONText.box(person.pose.box), "score": JSONText.score(person.pose.score), "iscrowd": "false",
      "num_keypoints": "\(joints.count { $0 != nil })",
      "keypoints": JSONText.list(joints) { joint, bytes in
        guard let joint else { return bytes.append(contentsOf: "0,0,0".utf8) }
        JSONText.append(joint.point, to: &bytes)
        bytes.append(UInt8(ascii: "1"))
      },
      "scores": JSONText.list(joints) { JSONText.append($0?.score ?? 0, places: Pose.scorePlaces, to: &$1) },
      "pose": person.pose.keypoints.isEmpty
        ? nil
        : JSONText.keypoints(person.pose.keypoints, absent: "null,null,null"),
      "appearance": person.pose.appearance?.json, "margin": person.margin.map(JSONText.score),
      "filled": person.isFilled ? "true" : nil,
    ])
  }

  private static let category = JSONText.object([
    "supercategory": "\"person\"", "id": "1", "name": "\"person\"",
    "keypoints": JSONText.array(Skeleton.poseTrack18.joints.map { JSONText.string($0.name) }),
    "skeleton": JSONText.array(Skeleton.poseTrack18.limbs.map { "[\($0.from + 1),\($0.to + 1)]" }),
  ])
}
