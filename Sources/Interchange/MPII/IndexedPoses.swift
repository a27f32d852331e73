package import Files
package import Foundation
package import Pose

/// Predictions as mmpose's MPII metrics take them: a list of `{"bbox_id", "keypoints": [[x, y, score]]}`, in pixels
/// counted from 0.
package enum IndexedPoses {
  /// The keypoints by `bbox_id`; of repeated ones the first.
  package static func read(_ url: URL) throws(FileError) -> [Int: [Point]] {
    try InputFile.read(url) { (bytes) throws(FileError) in
      var result: [Int: [Point]] = [:]
      let poses = try JSONParser.parse(bytes).map { (pose) throws(FileError) in
        let keypoints = try pose.read("keypoints") { (value) throws(FileError) in
          try value.map { (keypoint) throws(FileError) in
            let numbers = try keypoint.doubles()
            guard numbers.count >= 2 else {
              throw FileError(.invalid, problem: "is no x, y", remedy: "give x, y and score of every keypoint")
            }
            return Point(x: numbers[0], y: numbers[1])
          }
        }
        return (try pose.integer("bbox_id"), keypoints)
      }
      for (id, keypoints) in poses where result[id] == nil { result[id] = keypoints }
      return result
    }
  }
}
