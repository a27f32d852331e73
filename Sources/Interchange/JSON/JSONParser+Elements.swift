extension JSONParser {
  /// Reads the elements of a list one by one, so that only one of them is in memory as JSON; errors give its index.
  mutating func elements<Element>(
    of key: String, _ make: (JSONValue) throws(InterchangeError) -> Element
  ) throws(InterchangeError) -> [Element] {
    var elements: [Element] = []
    try array { (parser) throws(InterchangeError) in
      let value = try parser.value()
      let index = elements.count
      elements.append(try at("\(key)[\(index)]") { () throws(InterchangeError) in try make(value) })
    }
    return elements
  }
}
