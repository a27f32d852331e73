internal import Foundation
internal import Pose

/// Finds the frame of every box and refuses files that belong to another video.
struct FrameMatcher {
  let video: VideoFacts
  let file: String

  func place(_ entries: [BoxEntry]) throws -> [Int: [ScoredBox]] {
    let sequence = try sequence(of: entries)
    let indices = frameIndices(entries.filter { sequence.contains($0.frame) }.map(\.frame))
    var placed: [Int: [ScoredBox]] = [:]
    var outside = 0
    var matched = 0
    for entry in entries where sequence.contains(entry.frame) {
      guard let index = indices[entry.frame] else { continue }
      if let count = video.frameCount, index >= count {
        throw DetectionError(
          "\(file): has boxes for frame \(index) (counted from 0), but \(video.name) has \(count) frames: "
            + "these boxes belong to another video")
      }
      matched += 1
      let box = entry.box.box
      guard box.width > 0, box.height > 0, box.area.isFinite else { continue }
      guard box.maxX > 0, box.maxY > 0, box.x < Double(video.width), box.y < Double(video.height) else {
        outside += 1
        continue
      }
      placed[index, default: []].append(entry.box)
    }
    if matched == 0, let example = entries.first {
      throw DetectionError(
        "\(file): none of its images is a frame of \(video.name) (it speaks of \(example.frame.readable)): "
          + "these boxes belong to another video, or the frames have other names")
    }
    if outside * 10 > matched {
      throw DetectionError(
        "\(file): \(outside) of \(matched) boxes lie outside the \(video.width)×\(video.height) picture of "
          + "\(video.name): these boxes belong to another video or to another size of it")
    }
    return placed
  }

  /// The frames of this video, where the file speaks of several.
  private func sequence(of entries: [BoxEntry]) throws -> Set<BoxEntry.Frame> {
    let frames = Set(entries.map(\.frame))
    let own = frames.filter { $0.sequenceName.map { video.name.hasPrefix($0) } ?? false }
    guard own.isEmpty else { return own }
    let sequences = Dictionary(grouping: frames) { $0.sequenceName ?? "" }
    let isAmbiguous = video.frameNames == nil || Set(frames.map(\.number)).count < frames.count
    if sequences.count > 1, isAmbiguous {
      throw DetectionError(
        "\(file): holds boxes of \(sequences.count) videos (\(sequences.keys.sorted().prefix(3).joined(separator: ", "))"
          + "\(sequences.count > 3 ? ", …" : "")) and none is called like \(video.name): rename the video or split the file"
      )
    }
    return frames
  }

  private func frameIndices(_ frames: [BoxEntry.Frame]) -> [BoxEntry.Frame: Int] {
    let frames = Set(frames)
    let byName = indicesByName()
    let byNumber = indicesByNumber()
    let numbers = frames.compactMap(\.number)
    // Numbers stand for those in the file names where all of them occur there, else for indices.
    let usesNames = !byNumber.isEmpty && numbers.allSatisfy { byNumber[$0] != nil }
    // Image lists without frames' names to compare with: a list that starts at 1 counts from 1.
    let first = frames.contains { if case .name = $0 { true } else { false } } && numbers.min() == 1 ? 1 : 0
    return frames.reduce(into: [:]) { result, frame in
      switch frame {
      case .index(let index):
        result[frame] = index
      case .number:
        result[frame] = frame.number.flatMap { usesNames ? byNumber[$0] : $0 }
      case .name(let name):
        result[frame] = video.frameNames == nil ? frame.number.map { $0 - first } : byName[name.stem]
      }
    }
  }

  private func indicesByName() -> [String: Int] {
    Dictionary(
      (video.frameNames ?? []).enumerated().map { ($1.stem, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func indicesByNumber() -> [Int: Int] {
    Dictionary(
      (video.frameNames ?? []).enumerated().compactMap { index, name in name.stem.trailingNumber.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension BoxEntry.Frame {
  /// PoseTrack18 numbers images 1, sequence in six digits, frame in four.
  private static let poseTrackIDs = 10_000_000_000..<20_000_000_000

  /// The number of the frame, without the sequence of a PoseTrack id.
  var number: Int? {
    switch self {
    case .index(let index): index
    case .number(let number): Self.poseTrackIDs.contains(number) ? number % 10_000 : number >= 0 ? number : nil
    case .name(let name): name.stem.trailingNumber
    }
  }

  /// What a file of several videos calls this frame's.
  var sequenceName: String? {
    switch self {
    case .index: return nil
    case .number(let number):
      guard Self.poseTrackIDs.contains(number) else { return nil }
      let digits = String(number / 10_000 % 1_000_000)
      return String(repeating: "0", count: 6 - digits.count) + digits
    case .name(let name):
      let parts = name.split(separator: "/")
      return parts.count > 1 ? String(parts[parts.count - 2]) : nil
    }
  }

  fileprivate var readable: String {
    switch self {
    case .index(let index): "frame \(index)"
    case .number(let number): "image \(number)"
    case .name(let name): "\"\(name)\""
    }
  }
}

extension String {
  /// The last path component without its ending.
  fileprivate var stem: String {
    let name = split(separator: "/").last.map(String.init) ?? self
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The number that the digits at the end spell.
  fileprivate var trailingNumber: Int? {
    Int(String(reversed().prefix { $0.isASCII && $0.isNumber }.reversed()))
  }
}
