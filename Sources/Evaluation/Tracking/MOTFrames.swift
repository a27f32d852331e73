internal import Files
internal import Interchange

/// The frames of two MOT files side by side, those that at least one of them has.
struct MOTFrames {
  private var truths: MOTFile.Frames
  private var predictions: MOTFile.Frames
  private var label: (frame: Int, rows: [MOTRow])?
  private var prediction: (frame: Int, rows: [MOTRow])?

  init(truth: MOTFile, predictions: MOTFile) throws(FileError) {
    (truths, self.predictions) = (try truth.frames(), try predictions.frames())
    (label, prediction) = (try truths.next(), try self.predictions.next())
  }

  mutating func next() throws(FileError) -> (number: Int, truth: [MOTRow], predictions: [MOTRow])? {
    guard let number = [label?.frame, prediction?.frame].compactMap(\.self).min() else { return nil }
    var (truth, found): ([MOTRow], [MOTRow]) = ([], [])
    if let label, label.frame == number {
      truth = label.rows
      self.label = try truths.next()
    }
    if let prediction, prediction.frame == number {
      found = prediction.rows
      self.prediction = try predictions.next()
    }
    return (number, truth, found)
  }

  /// Refuses one identity for several boxes of a frame.
  static func requireSingles(_ truth: [MOTRow], _ predictions: [MOTRow], in frame: Int) throws(FileError) {
    for (whose, rows) in [("the ground truth", truth), ("the predictions", predictions)] {
      var seen: Set<Int> = []
      for row in rows where !seen.insert(row.id).inserted {
        throw FileError(
          .invalid, place: "frame \(frame)", problem: "id \(row.id) is there twice in \(whose)",
          remedy: "give each box of a frame an id of its own")
      }
    }
  }
}
