extension Operation {
  /// Einstein's summation over any number of inputs, as NumPy's `einsum` says it. Throws where the equation is none.
  public static func einsum(_ equation: String) throws -> Operation {
    .plain(PlainOperation(try Einsum(equation)))
  }
}

/// Inputs are joined one after the other by a batched product of matrices.
private struct Einsum: Operator {
  /// An axis: a letter, or one of those that an ellipsis stands for, counted from the back.
  private enum Label: Hashable {
    case letter(Character)
    case ellipsis(Int)
  }

  private struct Term: Hashable {
    var before: [Label]
    var hasEllipsis = false
    var after: [Label] = []

    init(_ text: Substring) throws {
      let parts = text.split(separator: "...", omittingEmptySubsequences: false)
      guard parts.count <= 2, parts.joined().allSatisfy({ $0.isASCII && $0.isLetter }) else {
        throw InferenceError(.invalidGraph, "\"\(text)\" is no list of axes")
      }
      before = parts.first?.map { .letter($0) } ?? []
      if parts.count == 2 {
        hasEllipsis = true
        after = parts[1].map { .letter($0) }
      }
    }

    /// The axes of a tensor of `rank` dimensions.
    func labels(rank: Int) throws -> [Label] {
      let free = rank - before.count - after.count
      guard hasEllipsis ? free >= 0 : free == 0 else {
        throw InferenceError(.invalidGraph, "an input has \(rank) dimensions, the equation says otherwise")
      }
      return before + (0..<free).reversed().map { .ellipsis($0) } + after
    }
  }

  private var terms: [Term]
  /// nil for those labels that stand once, in alphabetical order, after those of the ellipsis.
  private var output: Term?

  init(_ equation: String) throws {
    let sides = equation.filter { $0 != " " }.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2, equation.count <= 1000 else {
      throw InferenceError(.invalidGraph, "\"\(equation.prefix(100))\" is no equation")
    }
    terms = try sides[0].split(separator: ",", omittingEmptySubsequences: false).map { try Term($0) }
    output = sides.count == 2 ? try Term(sides[1]) : nil
  }

  private struct Problem {
    /// Of the inputs, as they come.
    var inputs: [[Label]] = []
    var sizes: [Label: Int] = [:]
    var output: [Label] = []
  }

  private func problem(_ operands: Operands) throws -> Problem {
    guard operands.all.count == terms.count else {
      throw InferenceError(.invalidGraph, "the equation has \(terms.count) terms for \(operands.all.count) inputs")
    }
    var problem = Problem()
    var ellipsis = 0
    for (index, term) in terms.enumerated() {
      let shape = try operands.floatType(index, "term \(index)").shape
      let labels = try term.labels(rank: shape.count)
      problem.inputs.append(labels)
      ellipsis = max(ellipsis, labels.count { if case .ellipsis = $0 { true } else { false } })
      for (label, size) in zip(labels, shape) {
        let known = problem.sizes[label] ?? 1
        guard known == 1 || size == 1 || known == size else {
          throw InferenceError(.invalidGraph, "an axis is both \(known) and \(size) long")
        }
        problem.sizes[label] = known == 1 ? size : known
      }
    }
    let all = (0..<ellipsis).reversed().map(Label.ellipsis)
    if let output {
      problem.output = output.before + (output.hasEllipsis ? all : []) + output.after
    } else {
      problem.output = all + singleLetters(problem.inputs)
    }
    guard problem.output.allSatisfy({ problem.sizes[$0] != nil }),
      Set(problem.output).count == problem.output.count
    else { throw InferenceError(.invalidGraph, "the result has an axis twice, or one that no input has") }
    return problem
  }

  private func singleLetters(_ inputs: [[Label]]) -> [Label] {
    var counts: [Character: Int] = [:]
    for case .letter(let letter) in inputs.joined() { counts[letter, default: 0] += 1 }
    return counts.filter { $0.value == 1 }.keys.sorted().map { .letter($0) }
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let problem = try problem(operands)
    return [TensorType(problem.output.map { problem.sizes[$0]! })]
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let problem = try problem(operands)
    let inputs = try problem.inputs.enumerated().map { try named(operands.tensor($0), $1, problem.sizes) }
    var needed = problem.output
    var needs: [[Label]] = []
    for (labels, _) in inputs.reversed() {
      needs.append(needed)
      needed += labels
    }
    var (labels, value) = try summed(inputs[0].labels, inputs[0].value, keeping: Set(needs.removeLast()))
    for next in inputs.dropFirst() {
      let later = Set(needs.removeLast())
      let right = try summed(next.labels, next.value, keeping: later.union(labels))
      (labels, value) = try product(labels, value, right.labels, right.value, keeping: later)
    }
    // Axes of the result that no input is longer than one along were left out.
    let order = problem.output.filter(labels.contains).map { labels.firstIndex(of: $0)! }
    return [try value.transposed(order).reshaped(types[0].shape)]
  }

  /// The tensor with every label once: of a label that stands twice the diagonal is taken, and axes of one element are
  /// left out, which stretches them to whatever the others are.
  private func named(_ x: Tensor, _ labels: [Label], _ sizes: [Label: Int]) throws -> (labels: [Label], value: Tensor) {
    let strides = rowMajorStrides(x.shape)
    var kept: [Label] = []
    for (axis, label) in labels.enumerated() where x.shape[axis] != 1 && !kept.contains(label) { kept.append(label) }
    let steps = kept.map { label in
      labels.indices.filter { labels[$0] == label && x.shape[$0] != 1 }.map { strides[$0] }.reduce(0, +)
    }
    return (kept, try x.strided(kept.map { sizes[$0]! }, strides: steps))
  }

  /// The sum over all axes but those to keep.
  private func summed(
    _ labels: [Label], _ x: Tensor, keeping kept: Set<Label>
  ) throws -> (labels: [Label], value: Tensor) {
    let axes = labels.indices.filter { !kept.contains(labels[$0]) }
    guard !axes.isEmpty else { return (labels, x) }
    let rest = labels.indices.filter { kept.contains(labels[$0]) }
    return (rest.map { labels[$0] }, try Reduction.sum.reduced(x, axes: axes, rest.map { x.shape[$0] }))
  }

  /// Axes that both have and later ones need are the batch; those that nobody needs any more are summed over.
  private func product(
    _ left: [Label], _ a: Tensor, _ right: [Label], _ b: Tensor, keeping kept: Set<Label>
  ) throws -> (labels: [Label], value: Tensor) {
    let shared = left.filter(right.contains)
    let (batch, summed) = (shared.filter(kept.contains), shared.filter { !kept.contains($0) })
    let (rows, columns) = (left.filter { !shared.contains($0) }, right.filter { !shared.contains($0) })
    func arranged(_ x: Tensor, _ labels: [Label], _ groups: [[Label]]) throws -> Tensor {
      let order = groups.joined().map { labels.firstIndex(of: $0)! }
      let sizes = groups.map { group in group.map { x.shape[labels.firstIndex(of: $0)!] }.reduce(1, *) }
      return try x.transposed(order).reshaped(sizes)
    }
    let first = try arranged(a, left, [batch, rows, summed])
    let second = try arranged(b, right, [batch, summed, columns])
    let flat = try TensorType([first.shape[0], first.shape[1], second.shape[2]]).checked()
    let result = try first.multiplied(by: second, flat.shape)
    let labels = batch + rows + columns
    let shape = labels.map { label in
      left.firstIndex(of: label).map { a.shape[$0] } ?? b.shape[right.firstIndex(of: label)!]
    }
    return (labels, result.reshaped(shape))
  }
}
