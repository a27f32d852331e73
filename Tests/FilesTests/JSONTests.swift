import Files
import Testing

@Suite struct `JSON` {
  @Test func `values are read`() throws {
    let text = #" {"a":[1,-2.5e1,true,null,"x\n\u00e9\ud83d\ude00\/"],"b":{},"c":[],"a2":12345678901234567168} "#
    let value = try JSONParser.parse(Array(text.utf8))
    #expect(
      value
        == .object([
          "a": .array([.integer(1), .number(-25), .bool(true), .null, .string("x\né😀/")]), "b": .object([:]),
          "c": .array([]), "a2": .number(12_345_678_901_234_567_168),
        ]))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "01", "1.", "-", "1e", "+1", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"",
    "\"\\ud8", "[1 2]", "{1:2}", "1 2", "\"\u{1}\"", "Infinity", "'a'", "[1}",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: FileError.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: FileError.self) { try JSONParser.parse([0x22, 0xFF, 0xFE, 0x22]) }
  }

  @Test func `a prefix of a text never crashes`() {
    let bytes = Array(#"{"a":[1,-2.5e-1,true,null,"\u00e9"],"b":{"c":"\\"}}"#.utf8)
    for length in 0..<bytes.count {
      #expect(throws: FileError.self) { try JSONParser.parse(Array(bytes[..<length])) }
    }
  }

  @Test(arguments: [(0.0, "0"), (-0.0004, "0"), (1.0, "1"), (-12.3456, "-12.346"), (0.05, "0.05"), (1e17, "1e+17")])
  func `numbers are written short and fixed`(value: Double, text: String) {
    #expect(JSONText.number(value, places: 3) == text)
  }

  @Test func `rounded numbers survive the text`() {
    for step in 0..<5000 {
      let value = (Double(step) * 1.234567891 - 2000 * 1000).rounded() / 1000
      #expect(Double(JSONText.number(value, places: 3)) == value)
    }
  }

  @Test func `strings survive the text`() throws {
    let text = "a\"\\\n\t\u{1}é😀/"
    #expect(try JSONParser.parse(Array(JSONText.string(text).utf8)) == .string(text))
  }
}
