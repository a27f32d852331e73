public import Files
public import Foundation
public import Pose

/// Writes boxes frame by frame: COCO results JSON, or MOT text where the name ends in `.txt`.
///
/// COCO: `[{"image_id": frame from 0, "category_id": 1, "bbox": [x, y, width, height], "score": s}]`. MOT: one line a box,
/// `frame from 1, -1, x, y, width, height, score, -1, -1, -1`. Nothing appears before `finish()`.
public final class BoxWriter {
  private let file: OutputFile
  private let isMOT: Bool
  private var isEmpty = true

  public init(_ destination: URL) throws(FileError) {
    isMOT = destination.pathExtension.lowercased() == "txt"
    file = try OutputFile(for: destination)
    if !isMOT { try file.write("[") }
  }

  /// Adds the boxes of a frame, which is counted from 0.
  public func append(_ boxes: [ScoredBox], frame: Int) throws(FileError) {
    for box in boxes {
      if isMOT {
        try file.write(
          "\(frame + 1),-1,\(JSONText.box(box.box).dropFirst().dropLast()),\(JSONText.score(box.score)),-1,-1,-1\n")
      } else {
        let row = JSONText.object([
          "image_id": "\(frame)", "category_id": "1", "bbox": JSONText.box(box.box), "score": JSONText.score(box.score),
        ])
        try file.write((isEmpty ? "\n" : ",\n") + row)
      }
      isEmpty = false
    }
  }

  /// Puts the file at its place.
  public func finish() throws(FileError) {
    if !isMOT { try file.write("\n]\n") }
    try file.finish()
  }
}
