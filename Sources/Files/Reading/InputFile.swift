public import Foundation

/// Reads a whole file, or says why not.
public enum InputFile {
  /// Files larger than this are refused: 4 GiB.
  private static let limit = 1 << 32

  public static func bytes(of url: URL) throws(FileError) -> [UInt8] {
    do {
      let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
      guard size <= limit else {
        throw FileError(
          .inaccessible, file: url.path, problem: "is larger than \(limit >> 30) GiB", remedy: "split it by video")
      }
      return [UInt8](try Data(contentsOf: url, options: .mappedIfSafe))
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(
        .inaccessible, file: url.path, problem: "cannot be read (\(error.localizedDescription))",
        remedy: "check the name and the rights of the file")
    }
  }

  /// Runs `body` and adds the file's name to an error it throws.
  public static func read<Result>(
    _ url: URL, _ body: ([UInt8]) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let bytes = try bytes(of: url)
    do { return try body(bytes) } catch { throw error.in(url.path) }
  }
}
