private import CSQLite
internal import Files
internal import Foundation

/// A new SQLite database that is written once and appears at its place whole.
final class SQLiteFile {
  /// What can be put into a column.
  enum Value {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
  }

  private let file: PartialFile
  private var database: OpaquePointer?
  private var statements: [String: OpaquePointer] = [:]

  /// - Parameter schema: Statements that make the tables.
  init(_ destination: URL, overwrites: Bool, schema: String) throws(FileError) {
    file = try PartialFile(for: destination, overwrites: overwrites)
    // The file is nobody's until it is whole, so that it needs no journal.
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
    try check(sqlite3_open_v2(file.url.path(percentEncoded: false), &database, flags, "unix-none"))
    try execute(
      "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
    try execute("BEGIN; " + schema)
  }

  deinit { close() }

  func execute(_ text: String) throws(FileError) { try check(sqlite3_exec(database, text, nil, nil, nil)) }

  func insert(into table: String, _ values: [Value]) throws(FileError) {
    let statement = try statement(table, columns: values.count)
    for (index, value) in values.enumerated() {
      let column = Int32(index + 1)
      switch value {
      case .null: try check(sqlite3_bind_null(statement, column))
      case .integer(let number): try check(sqlite3_bind_int64(statement, column, Int64(number)))
      case .real(let number): try check(sqlite3_bind_double(statement, column, number))
      case .text(let text): try check(csqlite_bind_text(statement, column, text, Int32(text.utf8.count)))
      }
    }
    let result = sqlite3_step(statement)
    if result != SQLITE_DONE { try check(result) }
    try check(sqlite3_reset(statement))
  }

  /// Puts the file at its place.
  func finish(_ end: String) throws(FileError) {
    try execute(end + "; COMMIT; PRAGMA optimize;")
    close()
    try file.commit()
  }

  private func statement(_ table: String, columns: Int) throws(FileError) -> OpaquePointer? {
    if let known = statements[table] { return known }
    let places = [String](repeating: "?", count: columns).joined(separator: ", ")
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(database, "INSERT INTO \(table) VALUES (\(places))", -1, &statement, nil))
    statements[table] = statement
    return statement
  }

  private func close() {
    for statement in statements.values { sqlite3_finalize(statement) }
    statements = [:]
    sqlite3_close(database)
    database = nil
  }

  private func check(_ result: Int32) throws(FileError) {
    guard result != SQLITE_OK else { return }
    let reason = database.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(result))
    throw FileError(
      .unwritable, file.destination, "SQLite can't write it: \(reason)", remedy: "check the room on its disk")
  }
}

extension SQLiteFile.Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  init(integerLiteral value: Int) { self = .integer(value) }
  init(stringLiteral value: String) { self = .text(value) }
  init(_ value: Int?) { self = value.map(Self.integer) ?? .null }
  init(_ value: Double?) { self = value.map(Self.real) ?? .null }
  init(_ value: String?) { self = value.map(Self.text) ?? .null }
}
