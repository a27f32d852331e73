internal import Inference
internal import OneDNNBackend
internal import OpenBLASBackend

/// The backends, each of which has to give the published outputs.
enum Engine: String, CaseIterable, Sendable {
  case reference, openBLAS
  #if OneDNN
  case oneDNN
  #endif

  var backend: any Backend {
    get throws {
      switch self {
      case .reference: ReferenceBackend()
      case .openBLAS: try OpenBLASBackend()
      #if OneDNN
      case .oneDNN: OneDNNBackend()
      #endif
      }
    }
  }
}
