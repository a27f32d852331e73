private import Files

/// For which job a journal was kept.
package struct JournalHeader: Hashable, Sendable {
  /// Everything that the poses depend on. A journal may be continued only by a job with the same.
  package var provenance: Provenance

  package init(_ provenance: Provenance) { self.provenance = provenance }

  var record: [UInt8] {
    var writer = RecordWriter()
    writer.append(provenance.json.text)
    return writer.bytes
  }

  init?(record: ArraySlice<UInt8>) {
    var reader = RecordReader(record)
    guard let text = reader.text(), let text, reader.isAtEnd,
      let json = try? JSONParser.parse(Array(text.utf8)), let provenance = try? Provenance(json)
    else { return nil }
    self.provenance = provenance
  }
}
