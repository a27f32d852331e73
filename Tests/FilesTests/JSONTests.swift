import Files
import Foundation
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

  @Test func `a byte-order mark is passed over`() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(try JSONParser.parse(mark + Array("[1]".utf8)) == .array([.integer(1)]))
    let error = #expect(throws: FileError.self) { try JSONParser.parse(mark + Array("[x]".utf8)) }
    #expect(error?.place == "line 1, column 2")
  }

  @Test(arguments: ["NaN", "Infinity", "-Infinity"])
  func `numbers that are none are refused with their place`(word: String) {
    let error = #expect(throws: FileError.self) { try JSONParser.parse(Array("{\"a\":\n [1, \(word)]}".utf8)) }
    #expect(error?.place == "line 2, column 6")
    #expect(error?.problem == "\(word) where a number belongs")
  }

  @Test(arguments: ["9.3e15", "1e300", "-1e300", "9223372036854775808", "0.5", "1e-400"])
  func `whole numbers never trap`(text: String) throws {
    let value = try JSONParser.parse(Array("{\"index\": \(text)}".utf8))
    if let exact = Int(exactly: Double(text) ?? .nan) {
      #expect(try value.integer("index") == exact)
    } else {
      let error = #expect(throws: FileError.self) { try value.integer("index") }
      #expect(error?.place == "index")
    }
  }

  /// Written by the shortest digits that give the number, with some digits more, halfway between two numbers, and with an
  /// exponent, before all that may follow.
  @Test func `numbers are the nearest to their text`() throws {
    var random = SystemRandomNumberGenerator()
    for turn in 0..<20_000 {
      let range = [1.0, 1e3, 1e9, 1e-7][turn % 4]
      let number = Double.random(in: -range...range, using: &random)
      let rounded = (number * 1000).rounded() / 1000
      let texts = [
        "\(number)", "\(rounded)", "\(rounded)000000001", "\(Int(number))", "\(rounded)e3", "0.\(turn)",
        "\(1 << 53 + turn).0", "\(1 << 52 + turn).5", "-\(1 << 51 + turn).75", "0.\(turn)00000000000001",
      ]
      for text in texts {
        let value = try JSONParser.parse(Array("[\(text),\(text) ,{\"a\":\(text)}]".utf8)).array()
        let expected = try #require(Double(text))
        for read in [value[0], value[1], try value[2].required("a")] {
          let double = try read.double()
          if double != expected { Issue.record("\(text) became \(double)") }
        }
      }
    }
    #expect(try JSONParser.parse(Array("[-0.0]".utf8)).array()[0].double().sign == .minus)
    #expect(try JSONParser.parse(Array("[-12,0]".utf8)) == .array([.integer(-12), .integer(0)]))
  }

  @Test(arguments: ["[00]", "[-]", "[-.5]", "[1.]", "[.5]", "[1.2.3]", "[1.5e]", "[0x1]", "[1-2]", "[--1]", "[01.5]"])
  func `numbers that are none are refused where they stand`(text: String) {
    let error = #expect(throws: FileError.self) { try JSONParser.parse(Array(text.utf8)) }
    #expect(error?.place.hasPrefix("line 1, column") == true)
  }

  @Test func `numbers too large for anything are refused`() {
    #expect(throws: FileError.self) { try JSONParser.parse(Array("1e999".utf8)) }
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

  /// Texts longer than what is read at a time, with every kind of value across its ends.
  @Test(arguments: 0..<24)
  func `a file is read as the same text in memory`(shift: Int) throws {
    let piece = #"{"k\u00e9y":-123.456e-2,"b":[true,false,null,12345678],"s":"é😀 \ud83d\ude00 \"q\" \\"},"# + "\n"
    let body = String(repeating: piece, count: 4000)
    let text = "[" + String(repeating: " ", count: shift) + body + "1]"
    let url = FileManager.default.temporaryDirectory.appending(path: "posetrail-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(("\u{FEFF}" + text).utf8).write(to: url)
    var parser = JSONParser(Array(text.utf8))
    var streamed = try JSONParser(try InputText(url))
    #expect(try streamed.value() == parser.value())
    try streamed.end()

    var elements = try JSONParser(try InputText(url))
    var (count, places) = (0, [Int]())
    try elements.enterArray()
    while try elements.nextElement(isFirst: count == 0) {
      places.append(try elements.offset())
      let value = try elements.value(JSONSelection(keeping: ["s"], asking: ["b"]))
      if count < 4000 { #expect(value["b"] == .bool(true) && value["kéy"] == nil && value["s"] != nil) }
      count += 1
    }
    #expect(count == 4001)
    for place in places.reversed().prefix(50) {
      try elements.move(to: place)
      _ = try elements.value()
    }

    try Data((text.dropLast(2) + "oops]").utf8).write(to: url)
    var broken = try JSONParser(try InputText(url))
    let line = body.split(separator: "\n").count + 1
    let error = #expect(throws: FileError.self) { try broken.skip() }
    #expect(error?.place == "line \(line), column 1")
  }

  @Test func `what is passed over tells whether it was anything`() throws {
    for (text, expected) in [
      ("null", false), ("[]", false), ("{}", false), ("0", true), ("[null]", true), ("\"\"", true),
    ] {
      var parser = JSONParser(Array(text.utf8))
      #expect(try parser.skip() == expected, "\(text)")
    }
  }
}
