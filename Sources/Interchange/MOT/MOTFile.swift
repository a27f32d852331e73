package import Files
package import Foundation

/// A MOTChallenge file, frame by frame, in whichever order its lines are.
package final class MOTFile {
  private let file: InputText
  /// Of the frames.
  private let order: KeyOrder
  let boxes: BoxExtent
  /// nil where the lines are not in order.
  let frameCount: Int?
  let contents: RecordingReader.Contents

  package convenience init(_ url: URL) throws(FileError) { try self.init(try InputText(url)) }

  init(_ file: InputText) throws(FileError) {
    self.file = file
    var (order, boxes, frames, contents) = (KeyOrder(), BoxExtent(), 0, RecordingReader.Contents())
    var last: Int?
    try file.read { () throws(FileError) in
      var records = try Self.records(file)
      while let (row, _, _) = try records.next() {
        order.note(row.frame)
        boxes.see(row.box)
        if row.frame != last { frames += 1 }
        last = row.frame
        contents.hasPeople = true
        contents.hasIdentities = contents.hasIdentities || row.id >= 0
      }
    }
    (self.order, self.boxes, self.contents) = (order, boxes, contents)
    frameCount = order.isRising ? frames : nil
  }

  private static func records(_ file: InputText) throws(FileError) -> LineRecords<MOTRow> {
    try LineRecords(file) { (line) throws(FileError) in try MOTRow(line) }
  }

  /// The frames that have rows, from the first on.
  package func frames() throws(FileError) -> Frames { try Frames(file, order) }

  package struct Frames {
    private let file: InputText
    private var rows: OrderedRecords<LineRecords<MOTRow>>

    fileprivate init(_ file: InputText, _ order: KeyOrder) throws(FileError) {
      self.file = file
      rows = try OrderedRecords(
        isInOrder: order.isRising, key: { row, _ in row.frame },
        makeCursor: { () throws(FileError) in try MOTFile.records(file) })
    }

    /// The number of the next frame, from 1, and its rows; nil after the last.
    package mutating func next() throws(FileError) -> (frame: Int, rows: [MOTRow])? {
      do throws(FileError) {
        guard let frame = try rows.nextKey() else { return nil }
        return (frame, try rows.records(of: frame) { (_, _) in })
      } catch {
        throw error.in(file.name)
      }
    }
  }
}
