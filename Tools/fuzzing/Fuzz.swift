private import Architectures
private import Evaluation
private import Files
private import Foundation
private import Inference
private import Interchange
private import ModelFiles
private import Models
private import Video

/// The reader under test, named by the environment variable POSETRAIL_FUZZ.
private enum Reader: String {
  case onnx, checkpoint, safetensors, npy, description, recording, evaluation, journal, video

  static let chosen = Reader(rawValue: ProcessInfo.processInfo.environment["POSETRAIL_FUZZ"] ?? "") ?? .checkpoint

  func read(_ input: [UInt8]) throws {
    let source = ByteSource(input, name: "fuzz")
    switch self {
    case .onnx: try specialise(ONNXModel(source).graph)
    case .checkpoint: try read(Checkpoint(source).tensors.values)
    case .safetensors: try read(SafetensorsFile(source).tensors.values)
    case .npy: try read([NPYFile(source).tensor])
    case .description: try describe(Data(input))
    case .recording: try readRecording(input)
    case .evaluation: try Self.file.hold(input, read: evaluate)
    case .journal: try Self.file.hold(input, read: readJournal)
    case .video: try Self.file.hold(input, read: readVideo)
    }
  }

  private static let file = NamelessFile()
  /// How formats that are folders call a file.
  private static let folder = LinkedFolder(["a_000000000001_keypoints.json", "a_1.txt"], to: file)

  fileprivate static func removeFolder() { try? FileManager.default.removeItem(atPath: folder.path) }

  private func specialise(_ graph: Graph) throws {
    let optimised = try graph.optimised()
    let shapes = optimised.inputs.map { $0.shape.map { $0 ?? 2 } }
    guard shapes.allSatisfy({ $0.allSatisfy((0..<4096).contains) }) else { return }
    _ = try optimised.specialised(inputShapes: shapes)
  }

  private func describe(_ data: Data) throws {
    let description = try ModelDescription.parse(data, name: "fuzz")
    guard description.keypointSet != nil,
      let keys = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let sizes = keys["architecture"] as? [String: Any]
    else { return }
    let architecture = try JSONDecoder().decode(
      Architecture.self, from: JSONSerialization.data(withJSONObject: sizes))
    _ = try architecture.blueprint(for: description, name: "fuzz")
  }

  private func read(_ tensors: some Collection<StoredTensor>) throws {
    for tensor in tensors.prefix(100) where tensor.shape.reduce(1, *) < 1 << 20 { _ = try tensor.read() }
  }

  /// As poses and as boxes, by every format, as a file or the only file of a folder.
  private func readRecording(_ input: [UInt8]) throws {
    let options = ReadingOptions(size: PictureSize(width: 64, height: 48), metresPerPixel: 0.005)
    try Self.file.hold(input) { path in
      for format in RecordingFormat.all where format.canBeRead {
        refusing {
          let reader = try RecordingFormat.open(format.isFolder ? Self.folder.path : path, as: format, options)
          var frames = try reader.frames()
          while try frames.next() != nil {}
        }
      }
      _ = try BoxList(URL(filePath: path))
    }
  }

  /// The same file as ground truth and as predictions of every protocol.
  private func evaluate(_ path: String) throws {
    let file = URL(filePath: path)
    let input = EvaluationInput(groundTruth: file, predictions: file)
    for measure in EvaluationProtocol.all { refusing { _ = try measure.evaluate(input) } }
  }

  private func readJournal(_ path: String) throws {
    guard var journal = try JournalReader(URL(filePath: path)) else { return }
    while try journal.next() != nil {}
  }

  private func readVideo(_ path: String) throws {
    var options = VideoReaderOptions()
    (options.wantsPlanar, options.maxFrames, options.threads) = (true, 12, 1)
    let reader = try VideoReader(source: URL(filePath: path), options: options)
    while try reader.next() != nil {}
    options.maxFrames = nil
    let skipping = try VideoReader(source: URL(filePath: path), options: options)
    _ = try skipping.skip(to: 40)
    var count = 0
    while count < 12, try skipping.next() != nil { count += 1 }
  }

  /// Goes on after a refusal.
  private func refusing(_ body: () throws -> Void) {
    do { try body() } catch { check(error) }
  }
}

/// A file without a name, in memory, for readers that take a path.
private final class NamelessFile: Sendable {
  private let descriptor: Int32 = {
    var path = Array("/dev/shm/fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    unlink(path)
    return descriptor
  }()

  func hold(_ bytes: [UInt8], read: (String) throws -> Void) throws {
    precondition(ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count)
    try read(path)
  }

  var path: String { "/proc/self/fd/\(descriptor)" }
}

/// A folder with a file under several names, in memory; removed when the program ends.
private final class LinkedFolder: Sendable {
  let path: String

  init(_ names: [String], to file: NamelessFile) {
    path = "/dev/shm/fuzz-\(getpid())"
    precondition(mkdir(path, 0o700) == 0)
    for name in names { precondition(symlink(file.path, "\(path)/\(name)") == 0) }
    atexit { Reader.removeFolder() }
  }
}

private func check(_ error: any Error) {
  precondition(
    error is ModelFileError || error is InferenceError || error is ArchitectureError || error is ModelError
      || error is FileError || error is VideoError,
    "an unexpected kind of error: \(error)")
}

/// What libFuzzer calls with every input. A reader may refuse, with an error of ours; anything else is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  do {
    try Reader.chosen.read(input)
  } catch {
    check(error)
  }
  return 0
}
