internal import Files
internal import Pose

/// Lines of tables with commas (RFC 4180).
enum CSVLine {
  /// The fields, without quotation marks.
  static func fields(_ line: String) throws(FileError) -> [String] {
    let bytes = line.utf8.last == 0x0D ? line.utf8.dropLast() : line.utf8[...]
    guard bytes.contains(0x22) else {
      return bytes.split(separator: 0x2C, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
    var (fields, field, isQuoted): ([String], [UInt8], Bool) = ([], [], false)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x22 where isQuoted && rest.first == 0x22:
        rest.removeFirst()
        field.append(byte)
      case 0x22: isQuoted.toggle()
      case 0x2C where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll()
      default: field.append(byte)
      }
    }
    guard !isQuoted else {
      throw FileError(
        .malformed, problem: "a quotation mark is not closed on its line",
        remedy: "write each row on a line of its own")
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }

  /// A field in quotation marks where it needs them.
  static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  static func row(_ fields: [String]) -> String { fields.joined(separator: ",") }

  /// A coordinate with the decimals of saved poses.
  static func coordinate(_ value: Double) -> String { JSONText.number(value, places: Pose.coordinatePlaces) }
}
