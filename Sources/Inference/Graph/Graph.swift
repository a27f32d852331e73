/// A network: nodes in topological order over values that each have one producer.
public struct Graph: Sendable {
  /// Index of a value; see `Graph.values`.
  public typealias ValueID = Int

  public struct Value: Sendable {
    /// Unique where it comes from a file; used in messages and for outputs.
    public var name: String
    /// Set where the value is known before running.
    public var constant: Tensor?

    public init(name: String, constant: Tensor? = nil) {
      self.name = name
      self.constant = constant
    }
  }

  public struct Input: Sendable {
    public var value: ValueID
    /// nil for a dimension that is chosen when the network is compiled, such as the batch.
    public var shape: [Int?]
    public var elementType: Tensor.ElementType

    public init(value: ValueID, shape: [Int?], elementType: Tensor.ElementType = .float32) {
      self.value = value
      self.shape = shape
      self.elementType = elementType
    }
  }

  public struct Node: Sendable {
    /// Stands for an optional input that is not given.
    public static let absent: ValueID = -1

    public var name: String
    public var operation: Operation
    public var inputs: [ValueID]
    public var outputs: [ValueID]

    public init(name: String, operation: Operation, inputs: [ValueID], outputs: [ValueID]) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  public var values: [Value] = []
  public var inputs: [Input] = []
  public var outputs: [ValueID] = []
  public var nodes: [Node] = []

  public init() {}
}
