extension [Double] {
  /// The middle one, or the mean of the two in the middle. There is one at least.
  var median: Double {
    let (sorted, middle) = (sorted(), count / 2)
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The middle one, or the greater of the two in the middle; nil without any.
  var upperMedian: Double? { isEmpty ? nil : sorted()[count / 2] }
}
