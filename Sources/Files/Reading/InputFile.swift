public import Foundation

/// Reads whole files, or says why not.
public enum InputFile {
  /// Files larger than this are refused: 4 GiB.
  private static let limit = 1 << 32

  public static func bytes(of url: URL) throws(FileError) -> [UInt8] {
    let descriptor = try Descriptor.reading(url)
    do throws(SystemError) {
      let size = Int(try descriptor.status().st_size)
      if size <= limit { return try bytes(of: descriptor, expecting: size) }
    } catch {
      throw FileError.unreadable(url, error)
    }
    throw FileError(.unreadable, url, "is larger than \(limit >> 30) GiB", remedy: "split it by video")
  }

  /// Runs `body` and adds the file's name to an error it throws.
  public static func read<Result>(
    _ url: URL, _ body: ([UInt8]) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let bytes = try bytes(of: url)
    do { return try body(bytes) } catch { throw error.in(url.relativePath) }
  }

  /// A file that grows while it is read is read as far as it was long before, one that shrinks as far as it goes.
  private static func bytes(of descriptor: borrowing Descriptor, expecting size: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let all = UnsafeMutableRawBufferPointer(buffer)
      do throws(SystemError) {
        while count < size {
          let more = try descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: all[count...]))
          if more == 0 { break }
          count += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
