public import Foundation
public import Pose

/// Boxes from a file: COCO results JSON, COCO or PoseTrack18 JSON whose annotations have a `bbox`, or MOT `det.txt`.
///
/// Frames are found by image name where both sides have names, else by number. A COCO result's `image_id` is the frame
/// index from 0, for a directory of images the number in the file name; a PoseTrack id holds the sequence and the frame.
/// MOT counts frames from 1. Only persons are kept (`category_id` 1, or the category named so).
public final class BoxFile: BoxProvider {
  public let url: URL
  private let boxes: [Int: [ScoredBox]]

  /// Throws `DetectionError` where the file cannot be read or does not fit the video.
  public init(_ url: URL, for video: VideoFacts, minimumScore: Double = 0) throws {
    self.url = url
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw DetectionError("\(url.relativePath): cannot be read: \(error.localizedDescription)")
    }
    let file = url.relativePath
    guard let start = data.first(where: { !$0.isBlank }) else {
      throw DetectionError("\(file): is empty; give boxes as COCO or PoseTrack18 JSON, or as MOT text")
    }
    let entries =
      start == UInt8(ascii: "[") || start == UInt8(ascii: "{")
      ? try BoxEntry.readCOCO(data, file: file) : try BoxEntry.readMOT(data, file: file)
    let placed = try FrameMatcher(video: video, file: file).place(entries)
    boxes = placed.mapValues { list in list.filter { $0.score >= minimumScore }.bestFirst }
  }

  public func boxes(in frame: FrameView) -> [ScoredBox] {
    boxes[frame.index] ?? []
  }
}

/// One box of a file, with what the file calls its frame.
struct BoxEntry {
  enum Frame: Hashable {
    /// Counted from 0.
    case index(Int)
    /// A number that may be an index or stand in an image's name.
    case number(Int)
    /// A path as the file gives it.
    case name(String)
  }

  var frame: Frame
  var box: ScoredBox

  init(frame: Frame, x: Double, y: Double, width: Double, height: Double, score: Double) {
    self.frame = frame
    box = ScoredBox(Box(x: x, y: y, width: width, height: height), score: min(max(score, 0), 1))
  }
}

extension UInt8 {
  var isBlank: Bool { self == 32 || (9...13).contains(self) }
}
