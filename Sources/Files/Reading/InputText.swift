public import Foundation

/// A file that is read from any place, piece by piece; closed when the last owner lets go.
public final class InputText {
  /// What messages call it.
  public let name: String
  private let descriptor: Descriptor

  public init(_ url: URL) throws(FileError) {
    name = url.relativePath
    descriptor = try Descriptor.reading(url)
  }

  /// What comes from standard input, copied to a temporary file without a name.
  public static func standardInput() throws(FileError) -> InputText {
    let name = "standard input"
    let spool = try PartialFile.temporary()
    spool.discard()
    do throws(SystemError) {
      let source = try Descriptor(duplicating: STDIN_FILENO)
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = try source.read(into: &bytes)
        if count == 0 { break }
        try spool.descriptor.write(Array(bytes[..<count]))
      }
      return InputText(name, try Descriptor(duplicating: spool.descriptor.number))
    } catch {
      throw FileError(
        .unreadable, file: name, problem: "cannot be read or kept: \(error)", remedy: "give the name of a file")
    }
  }

  private init(_ name: String, _ descriptor: consuming Descriptor) {
    self.name = name
    self.descriptor = descriptor
  }

  /// For libraries that read by themselves what is open here.
  public var descriptorNumber: Int32 { descriptor.number }

  /// Up to `count` bytes from `offset` on; fewer only at the end.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(SystemError) {
        filled = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      } catch {
        failure = error
      }
    }
    guard let failure else { return bytes }
    throw FileError(
      .unreadable, file: name, problem: "cannot be read: \(failure)", remedy: "check the disk that it lies on")
  }

  /// All of it, of a file that is not read piece by piece. Throws where it is larger than 4 GiB.
  public func allBytes() throws(FileError) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let more = try bytes(at: all.count, count: 1 << 20)
      all += more
      if more.count < 1 << 20 { return all }
      guard all.count < 1 << 32 else {
        throw FileError(.unreadable, file: name, problem: "is larger than 4 GiB", remedy: "split it by video")
      }
    }
  }

  /// What the file begins with, as text.
  public func start(_ count: Int) throws(FileError) -> String {
    let text = String(decoding: try bytes(at: 0, count: count), as: UTF8.self)
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// Runs `body` and adds the file's name to an error it throws.
  public func read<Result>(_ body: () throws(FileError) -> Result) throws(FileError) -> Result {
    do { return try body() } catch { throw error.in(name) }
  }
}
