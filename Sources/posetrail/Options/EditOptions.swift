internal import ArgumentParser
internal import Pipeline

/// What a person says about identities.
struct EditOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Two tracks are one person; 3@412 is the part of 3 around frame 412.", valueName: "3,7"),
    transform: EditParser.merge)
  var merge: [EditRequest] = []

  @Option(
    help: ArgumentHelp("From this frame on, a track is somebody else.", valueName: "3@412"),
    transform: EditParser.split)
  var split: [EditRequest] = []

  @Option(
    help: ArgumentHelp("From this frame on, two tracks are each other.", valueName: "3:7@412"),
    transform: EditParser.swap)
  var swap: [EditRequest] = []

  @Option(help: ArgumentHelp("A track is nobody.", valueName: "5"), transform: EditParser.delete)
  var delete: [EditRequest] = []

  @Option(help: ArgumentHelp("What a person is called.", valueName: "3=anna"), transform: EditParser.rename)
  var rename: [EditRequest] = []

  var all: [EditRequest] { split + swap + merge + delete + rename }
}

/// Reads edits as the command line has them.
enum EditParser {
  @Sendable static func merge(_ text: String) throws -> EditRequest {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).compactMap(part)
    guard parts.count == 2, text.count(where: { $0 == "," }) == 1 else {
      throw ValidationError("Two tracks belong there, such as 3,7 or 3@412,7.")
    }
    return .merge(parts[0], parts[1])
  }

  @Sendable static func split(_ text: String) throws -> EditRequest {
    guard let part = part(text[...]), let frame = part.frame else {
      throw ValidationError("A track and a frame belong there, such as 3@412.")
    }
    return .split(part.id, frame: frame)
  }

  @Sendable static func swap(_ text: String) throws -> EditRequest {
    let sides = text.split(separator: ":", omittingEmptySubsequences: false)
    guard sides.count == 2, let first = Int(sides[0]), first >= 0, let second = part(sides[1]), let frame = second.frame
    else { throw ValidationError("Two tracks and a frame belong there, such as 3:7@412.") }
    return .swap(first, second.id, frame: frame)
  }

  @Sendable static func delete(_ text: String) throws -> EditRequest {
    guard let id = Int(text), id >= 0 else { throw ValidationError("A track belongs there, such as 5.") }
    return .delete(id)
  }

  @Sendable static func rename(_ text: String) throws -> EditRequest {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let id = Int(sides[0]), id >= 0 else {
      throw ValidationError("A track and a name belong there, such as 3=anna.")
    }
    let name = String(sides[1])
    guard !name.isEmpty, name.count <= 64, Int(name) == nil, !name.contains(where: { $0 == "," || $0.isNewline }),
      name == name.trimmingPrefix(while: \.isWhitespace), name.last?.isWhitespace == false
    else {
      throw ValidationError("A name is a text of up to 64 characters that is no number and has no comma in it.")
    }
    return .rename(id, name)
  }

  /// `3` or `3@412`
  private static func part(_ text: Substring) -> EditRequest.Part? {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(sides.count), let id = sides[0], id >= 0 else { return nil }
    guard sides.count == 2 else { return .init(id: id) }
    return sides[1].flatMap { $0 >= 0 ? .init(id: id, frame: $0) : nil }
  }
}
