/// A method of smoothing with all its parameters.
package struct Smoothing: Hashable, Sendable, Codable {
  package let method: String
  package let parameters: [String: Double]

  /// What is wrong with the name of a method, and the way out.
  package struct Invalid: Error, CustomStringConvertible {
    package let description: String
  }

  /// The method with its usual parameters.
  init(_ method: SmoothingMethod) {
    self.method = method.name
    parameters = Dictionary(
      method.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  package static let standard = Smoothing(.oneEuro)

  /// `METHOD`, or `METHOD:PARAMETER=VALUE,PARAMETER=VALUE`.
  package init(_ text: String) throws(Invalid) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let method = SmoothingMethod.named(parts[0]) else {
      let names = SmoothingMethod.all.map(\.name).joined(separator: ", ")
      throw Invalid(description: "There is no way of smoothing called '\(parts[0])'; choose one of \(names).")
    }
    var parameters = Smoothing(method).parameters
    for assignment in parts.count > 1 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : [] {
      let sides = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let parameter = method.parameters.first(where: { $0.name == sides[0] }) else {
        let names = method.parameters.map(\.name).joined(separator: ", ")
        throw Invalid(
          description:
            "\(method.name) has no parameter '\(sides[0])', but \(names): say, for example, \(method.example).")
      }
      parameters[parameter.name] = try parameter.read(sides.count > 1 ? sides[1] : "", of: method)
    }
    (self.method, self.parameters) = (method.name, parameters)
  }

  var filter: SmoothingMethod.Filter? { SmoothingMethod.named(method)?.filter(parameters) }

  /// Whether frames can only be smoothed once later ones are known.
  package var looksAhead: Bool { if case .whole = filter { true } else { false } }
}

extension SmoothingMethod {
  /// How a parameter is given.
  var example: String {
    parameters.first.map { "\(name):\($0.name)=\($0.text($0.value))" } ?? name
  }
}

extension SmoothingMethod.Parameter {
  fileprivate func read(_ text: String, of method: SmoothingMethod) throws(Smoothing.Invalid) -> Double {
    let value = Double(text) ?? .nan
    guard range.contains(value), !isWhole || value == value.rounded() else {
      let kind = isWhole ? "a whole number" : "a number"
      let unit = unit.isEmpty ? "" : " \(unit)"
      throw Smoothing.Invalid(
        description: "\(method.name): \(name) is \(kind) from \(self.text(range.lowerBound)) to "
          + "\(self.text(range.upperBound))\(unit), not '\(text)'.")
    }
    return value
  }

  /// A number without needless zeros.
  package func text(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
