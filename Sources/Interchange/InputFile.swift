internal import Foundation

/// Reads a whole text file, or says why not.
enum InputFile {
  /// Files larger than this are refused: 4 GiB.
  private static let limit = 1 << 32

  static func bytes(of url: URL) throws(InterchangeError) -> [UInt8] {
    do {
      let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
      guard size <= limit else {
        throw InterchangeError(
          .inaccessible, file: url.path, problem: "is larger than \(limit >> 30) GiB", remedy: "split it by video")
      }
      return [UInt8](try Data(contentsOf: url, options: .mappedIfSafe))
    } catch let error as InterchangeError {
      throw error
    } catch {
      throw InterchangeError(
        .inaccessible, file: url.path, problem: "cannot be read (\(error.localizedDescription))",
        remedy: "check the name and the rights of the file")
    }
  }

  /// Runs `body` and adds the file's name to an error it throws.
  static func read<Result>(
    _ url: URL, _ body: ([UInt8]) throws(InterchangeError) -> Result
  ) throws(InterchangeError) -> Result {
    let bytes = try bytes(of: url)
    do { return try body(bytes) } catch { throw error.in(url.path) }
  }
}
