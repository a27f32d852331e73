internal import Files
internal import Pose

extension RecordingReader {
  /// The poses of a COCO results list, or of the people of a COCO data set.
  convenience init(coco file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let isList = try file.read { () throws(FileError) in
      var parser = try JSONParser(file)
      return try parser.isAtList()
    }
    if isList {
      try self.init(results: file, named: name, options)
    } else {
      try self.init(dataset: file, named: name, options)
    }
  }

  /// `image_id` is the number of the frame where the file does not state that, or ends in it where it is one of PoseTrack's.
  private convenience init(
    results file: InputText, named name: String, _ options: ReadingOptions
  ) throws(FileError) {
    let source = try COCOResults(file)
    let header = RecordingHeader(
      name: name, skeleton: options.keypointSet ?? source.contents.skeleton ?? .coco17, names: source.personNames)
    try source.requirePeople()
    try file.read { () throws(FileError) in
      try source.boxes.requirePixels()
      guard source.sequences.count <= 1 else {
        throw FileError(
          .invalid, problem: "holds the people of \(source.sequences.count) sequences", remedy: "split it by sequence")
      }
    }
    self.init(file.name, header: header, frameCount: nil, contents: source.contents) { () throws(FileError) in
      var images = try source.images()
      return { () throws(FileError) in
        guard let (id, results) = try images.next() else { return nil }
        let name = results.lazy.compactMap(\.fileName).first.flatMap { $0.split(separator: "/").last.map(String.init) }
        let people = try results.filter { $0.categoryID == 1 && !$0.isCrowd }.map { (result) throws(FileError) in
          try RecordedFrame.Person(
            result.keypoints, result.box, score: result.score, trackID: result.trackID, header.skeleton,
            areLabels: false, place: "image_id \(id)")
        }
        let label = FrameLabel(number: id)
        let index = results.first?.frame ?? label.plainNumber ?? id
        // AlphaPose calls the frames of videos so.
        let isFrame = name == "\(id).jpg"
        return RecordedFrame(index: index, time: nil, name: isFrame ? nil : name, people: people)
      }
    }
  }

  /// Images are frames in the order of their ids, counted by their `frame_id` where that rises with them.
  private convenience init(
    dataset file: InputText, named name: String, _ options: ReadingOptions
  ) throws(FileError) {
    let source = try COCODataset(file)
    let skeleton = options.keypointSet ?? source.contents.skeleton ?? source.categories.skeleton ?? .coco17
    let header = RecordingHeader(name: name, skeleton: skeleton)
    try source.requirePeople()
    try file.read { () throws(FileError) in try source.boxes.requirePixels() }
    let strays = StrayCount()
    self.init(file.name, header: header, frameCount: source.imageCount, contents: source.contents, strays: strays) {
      () throws(FileError) in
      var frames = try source.frames()
      var index = -1
      return { () throws(FileError) in
        guard let (image, annotations) = try frames.next() else {
          strays.count = frames.strays
          return nil
        }
        index += 1
        let people = try annotations.filter { source.categories.isPerson($0.categoryID) && !$0.isCrowd }.map {
          (annotation) throws(FileError) in
          try RecordedFrame.Person(
            annotation.keypoints, annotation.box, score: annotation.score ?? 1, trackID: annotation.trackID,
            header.skeleton, areLabels: annotation.score == nil, place: "image \(image.id)")
        }
        return RecordedFrame(
          index: source.hasFrameNumbers ? image.frame ?? index : index, time: nil,
          name: image.fileName.isEmpty ? nil : image.fileName, size: PictureSize(image.width, image.height),
          people: people)
      }
    }
  }
}

extension RecordingReader.Contents {
  /// The members of an entry that `see(_:)` wants to know the presence of.
  static let names = Set(COCOKeypoints.parts + ["track_id", "idx"])

  /// What the lists of COCO-WholeBody's parts tell, where there are any.
  fileprivate var skeleton: Skeleton? { hasParts ? .wholeBody133 : nil }

  mutating func see(_ entry: JSONValue) {
    hasPeople = true
    hasKeypoints = hasKeypoints || COCOKeypoints.parts.contains { entry[$0] == .bool(true) }
    hasParts = hasParts || COCOKeypoints.parts.dropFirst().contains { entry[$0] == .bool(true) }
    let isLinked = ["track_id", "idx"].contains { key in entry[key].map { $0 != .bool(false) } ?? false }
    hasIdentities = hasIdentities || isLinked
  }
}

extension RecordedFrame.Person {
  /// A person without a box has that around the keypoints.
  fileprivate init(
    _ triples: [(point: Point, visibility: Double)], _ box: Box?, score: Double, trackID: Int?, _ skeleton: Skeleton,
    areLabels: Bool, place: String
  ) throws(FileError) {
    let keypoints = try FileError.at(place) { () throws(FileError) in
      try COCOKeypoints.keypoints(triples, skeleton, areLabels: areLabels)
    }
    let box = box ?? Box(around: keypoints.compactMap { $0?.point })
    self.init(
      Pose(keypoints: keypoints, box: box ?? Box(x: 0, y: 0, width: 0, height: 0), score: score), trackID: trackID)
  }
}
