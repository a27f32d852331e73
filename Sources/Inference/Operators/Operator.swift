/// One operation in one place: the types of its results, and its plain kernel, which specifies what every backend
/// computes, folds constants, and runs where a backend has no kernel of its own.
///
/// An operation that no pass and no backend treats specially is a type of this kind, internal to the module, and a public
/// function or constant of `Operation` that makes one: nothing else needs to know it. Those that are treated specially are
/// cases of `Operation`.
protocol Operator: Hashable, Sendable {
  /// As messages and statistics call it.
  var name: String { get }

  /// The operation with everything that follows from the input types written out (axes counted from the front,
  /// automatic padding resolved), for those who read its parameters; nil where it is so already.
  func canonical(_ operands: Operands) throws -> Operation?

  /// Types of the results. Throws `Operands.DataDependent` where a shape depends on a value that is not known before
  /// running. An operation whose shapes depend on more than its parameters throws it always.
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType]

  /// The results. The inputs fit, since the types were asked for before; `types` is empty where those depend on the data.
  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor]

  /// How many numbers are gone over about; `Int.max` where computing it ahead of running is never worth it.
  func work(_ operands: Operands, _ types: [TensorType]) -> Int

  /// Whether the items along the first dimension are computed independently of each other. Operands that are known
  /// before running are shared by all items.
  func keepsItemsApart(_ operands: Operands) -> Bool
}

extension Operator {
  var name: String {
    let type = String(describing: Self.self)
    return type.prefix(1).lowercased() + type.dropFirst()
  }

  func canonical(_ operands: Operands) throws -> Operation? { nil }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int {
    types.reduce(0) { $0 + $1.count } + operands.all.reduce(0) { $0 + ($1?.type.count ?? 0) }
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { false }
}

/// An operation that runs with its plain kernel on every backend.
public struct PlainOperation: Hashable, Sendable {
  let rules: any Operator

  init(_ rules: some Operator) {
    self.rules = rules
  }

  public static func == (a: PlainOperation, b: PlainOperation) -> Bool {
    AnyHashable(a.rules) == AnyHashable(b.rules)
  }

  public func hash(into hasher: inout Hasher) {
    rules.hash(into: &hasher)
  }
}

extension Operation {
  /// The definition of a plain operation of kind `type`, or nil.
  func `as`<Rules: Operator>(_ type: Rules.Type) -> Rules? {
    if case .plain(let operation) = self { operation.rules as? Rules } else { nil }
  }
}
