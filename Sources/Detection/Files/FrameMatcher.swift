internal import Interchange
internal import Pose

/// Finds the frame of every box and refuses files that belong to another video.
///
/// Which frames have boxes never decides how frames are counted, since nobody may be in the first ones:
/// - An index that the format defines is taken as it is.
/// - In a folder of images, names are found by name. Numbers alone may be indices or stand in the names: they are taken for
///   what they can be, and refused where they can be both and mean other images.
/// - In a video, the images that a data set lists are counted by the numbers in their names, from 1 where the whole list begins
///   with 1, else from 0; other numbers are counted from 0.
struct FrameMatcher {
  let video: VideoFacts
  let file: String
  let numbering: FrameNumbering?

  func place(_ list: BoxList) throws -> [Int: [ScoredBox]] {
    let frames = try ownFrames(list)
    let index = try frameIndex(frames.map(\.label), isWholeList: list.listsAllImages)
    var placed: [Int: [ScoredBox]] = [:]
    var (matched, outside) = (0, 0)
    for frame in frames where !frame.boxes.isEmpty {
      guard let place = index(frame.label) else { continue }
      matched += frame.boxes.count
      if let count = video.frameCount, place >= count || place < 0 { throw beyond(place, frame.label, count: count) }
      for box in frame.boxes where box.box.width > 0 && box.box.height > 0 && box.box.area.isFinite {
        if isOutside(box.box) { outside += 1 } else { placed[place, default: []].append(box) }
      }
    }
    if matched == 0, let example = frames.first(where: { !$0.boxes.isEmpty }) {
      throw DetectionError(
        "\(file): none of its images is a frame of \(video.name) (it speaks of \(example.label)): "
          + "these boxes belong to another video, or the frames have other names")
    }
    if outside * 10 > matched {
      throw DetectionError(
        "\(file): \(outside) of \(matched) boxes lie outside the \(video.width)×\(video.height) picture of "
          + "\(video.name): these boxes belong to another video or to another size of it")
    }
    return placed
  }

  /// The sizes of a folder's pictures are not known yet.
  private func isOutside(_ box: Box) -> Bool {
    video.frameNames == nil && box.liesOutside(width: video.width, height: video.height)
  }

  private func beyond(_ index: Int, _ label: FrameLabel, count: Int) -> DetectionError {
    if label.index == nil, numbering == nil, index == count {
      return DetectionError(
        "\(file): has boxes for \(label), but the \(count) frames of \(video.name) are counted from 0 to \(count - 1): "
          + "if the file counts from 1, say so with --box-numbers 1; else these boxes belong to another video")
    }
    return DetectionError(
      "\(file): has boxes for frame \(index) (counted from 0), but \(video.name) has \(count) frames: "
        + "these boxes belong to another video")
  }

  /// The frames of this video, where the file speaks of several.
  private func ownFrames(_ list: BoxList) throws -> [BoxList.Frame] {
    let exact = list.frames.filter { $0.label.isOf(video.name) }
    guard exact.isEmpty else { return exact }
    let own = list.frames.filter { $0.label.sequence.map { video.name.hasPrefix($0) } ?? false }
    guard own.isEmpty else { return own }
    let sequences = Set(list.frames.map { $0.label.sequence ?? "" })
    guard sequences.count > 1 else { return list.frames }
    let numbers = list.frames.map { $0.label.numberInName ?? $0.label.plainNumber }
    guard video.frameNames == nil || Set(numbers).count < numbers.count else { return list.frames }
    throw DetectionError(
      "\(file): holds boxes of \(sequences.count) videos (\(sequences.sorted().prefix(3).joined(separator: ", "))"
        + "\(sequences.count > 3 ? ", …" : "")) and none is called like \(video.name): rename the video or split the file"
    )
  }

  /// What gives the frame of a label, nil where the video has none.
  private func frameIndex(_ labels: [FrameLabel], isWholeList: Bool) throws -> (FrameLabel) -> Int? {
    guard let names = video.frameNames else {
      let first = firstNumber(labels, isWholeList: isWholeList)
      return { label in
        label.index ?? (isWholeList && label.name != nil ? label.numberInName : label.plainNumber).map { $0 - first }
      }
    }
    let byName = Dictionary(
      names.enumerated().map { (FrameLabel.stem($1), $0) }, uniquingKeysWith: { first, _ in first })
    let byNumber = try indexByNumber(labels, names)
    // A file of more pictures than are in this folder counts those too.
    let goesByName = labels.contains { $0.stem.map { byName[$0] != nil } ?? false }
    return { label in
      if let place = label.stem.flatMap({ byName[$0] }) { return place }
      if goesByName, label.name != nil { return nil }
      return label.index ?? (label.name == nil ? label.number.flatMap(byNumber) : nil)
    }
  }

  /// The number of a video's first frame.
  private func firstNumber(_ labels: [FrameLabel], isWholeList: Bool) -> Int {
    if let numbering { return numbering == .one ? 1 : 0 }
    guard isWholeList else { return 0 }
    return labels.compactMap(\.numberInName).min() == 1 ? 1 : 0
  }

  /// The image of a folder that a number stands for.
  private func indexByNumber(_ labels: [FrameLabel], _ names: [String]) throws -> (Int) -> Int? {
    let numbers = labels.filter { $0.index == nil && $0.name == nil }.compactMap(\.plainNumber)
    let byNumber = Dictionary(
      names.enumerated().compactMap { index, name in
        FrameLabel.trailingNumber(FrameLabel.stem(name)).map { ($0, index) }
      }, uniquingKeysWith: { first, _ in first })
    let plain = { (number: Int) in FrameLabel(number: number).plainNumber ?? number }
    switch numbering {
    case .zero: return plain
    case .one: return { plain($0) - 1 }
    case .names: return { byNumber[plain($0)] }
    case nil: break
    }
    let areIndices = numbers.allSatisfy { $0 < names.count }
    // A file for a whole data set also has the pictures that are not in this folder.
    let areInNames =
      numbers.allSatisfy { byNumber[$0] != nil } || !areIndices && numbers.contains { byNumber[$0] != nil }
    if areInNames, areIndices, let open = numbers.first(where: { byNumber[$0] != $0 }) {
      throw DetectionError(
        "\(file): image \(open) may be \(names[open]), counted from 0, or \(names[byNumber[open] ?? open]), by the number in "
          + "its name: say which with --box-numbers 0 or --box-numbers names")
    }
    return areInNames ? { byNumber[plain($0)] } : plain
  }
}

extension Box {
  /// Whether no part of it lies in a picture of this size.
  func liesOutside(width: Int, height: Int) -> Bool {
    maxX <= 0 || maxY <= 0 || x >= Double(width) || y >= Double(height)
  }
}
