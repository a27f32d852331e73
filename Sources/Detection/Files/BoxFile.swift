package import Foundation
private import Imaging
internal import Interchange
package import Pose

/// Boxes from a file or folder in any format that has them.
///
/// Where the file says how it counts its frames (MOT, PoseTrail's own), that holds; images with names are found by these
/// where the video is a folder of images; see `FrameMatcher` for the rest.
package final class BoxFile: BoxProvider {
  private let boxes: [Int: [ScoredBox]]
  private let file: String

  /// Throws where the file cannot be read or does not fit the video.
  ///
  /// - Parameter numbering: What the numbers of images stand for, where the file leaves it open.
  package init(
    _ url: URL, for video: VideoFacts, minimumScore: Double? = nil, numbering: FrameNumbering? = nil
  ) throws {
    file = url.relativePath
    let matcher = FrameMatcher(video: video, file: url.relativePath, numbering: numbering)
    boxes = try matcher.place(BoxList(url, ReadingOptions(size: video.size))).mapValues { list in
      list.filter { $0.score >= minimumScore ?? -.infinity }.bestFirst
    }
  }

  /// Throws where all boxes of a folder's picture lie outside it.
  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    guard let boxes = boxes[frame.index], let name = frame.name else { return boxes[frame.index] ?? [] }
    let (width, height) = (frame.picture.width, frame.picture.height)
    let inside = boxes.filter { !$0.box.liesOutside(width: width, height: height) }
    guard !inside.isEmpty || boxes.isEmpty else {
      throw DetectionError(
        "\(file): all \(boxes.count) boxes of \(name) lie outside its \(width)×\(height) pixels: these boxes belong to "
          + "other pictures or to another size of them")
    }
    return inside
  }
}

/// What the number of an image in a file of boxes stands for.
package enum FrameNumbering: String, CaseIterable, Sendable, Codable {
  /// The frame, counted from 0.
  case zero = "0"
  /// The frame, counted from 1.
  case one = "1"
  /// The number at the end of an image's name.
  case names
}

extension VideoFacts {
  /// What fractions of the picture are of; the pictures of a folder have sizes of their own.
  fileprivate var size: PictureSize? { frameNames == nil ? PictureSize(width: width, height: height) : nil }
}
