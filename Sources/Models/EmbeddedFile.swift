private import CEmbeddedModels
internal import Foundation

/// A file that the program carries inside itself.
enum EmbeddedFile {
  case poseNetwork, poseDescription, detectorNetwork, detectorDescription

  var data: Data {
    let file = contents
    return Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: file.bytes), count: file.count, deallocator: .none)
  }

  private var contents: posetrail_embedded_file {
    switch self {
    case .poseNetwork: posetrail_pose_network()
    case .poseDescription: posetrail_pose_description()
    case .detectorNetwork: posetrail_detector_network()
    case .detectorDescription: posetrail_detector_description()
    }
  }
}
