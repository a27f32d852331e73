extension Image {
  /// The picture made smaller, every new pixel the average of the area it covers, parts of pixels counted by their
  /// share. A size that is not smaller keeps its pixels whole and repeats them.
  public func averaged(width newWidth: Int, height newHeight: Int) -> Image {
    var result = Image(width: newWidth, height: newHeight)
    guard width > 0, height > 0, newWidth > 0, newHeight > 0 else { return result }
    let columns = AreaSpan.spans(from: width, to: newWidth)
    let rows = AreaSpan.spans(from: height, to: newHeight)
    pixels.withUnsafeBufferPointer { source in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: newWidth * 3) { line in
        for (y, span) in rows.enumerated() {
          line.update(repeating: 0.5)
          for row in span.indices {
            let weight = span.weight(row)
            addRow(source.baseAddress! + row * width * 3, to: line, columns: columns, weight: weight)
          }
          for index in 0..<newWidth * 3 {
            result.pixels[y * newWidth * 3 + index] = UInt8(min(line[index], 255))
          }
        }
      }
    }
    return result
  }

  private func addRow(
    _ row: UnsafePointer<UInt8>, to line: UnsafeMutableBufferPointer<Float>, columns: [AreaSpan], weight: Float
  ) {
    for (x, span) in columns.enumerated() {
      for column in span.indices {
        let share = span.weight(column) * weight
        for channel in 0..<3 {
          line[x * 3 + channel] += Float(row[column * 3 + channel]) * share
        }
      }
    }
  }
}

/// The source positions under one position of the result.
private struct AreaSpan {
  let start: Double
  let end: Double

  static func spans(from source: Int, to target: Int) -> [AreaSpan] {
    let scale = Double(source) / Double(target)
    return (0..<target).map { index in
      AreaSpan(start: Double(index) * scale, end: min(Double(index + 1) * scale, Double(source)))
    }
  }

  var indices: Range<Int> { Int(start)..<Int(end.rounded(.up)) }

  func weight(_ index: Int) -> Float {
    Float((min(Double(index + 1), end) - max(Double(index), start)) / (end - start))
  }
}
