/// What was counted over the frames of all sequences.
struct IdentityTotals {
  var objects = 0
  var predictions = 0
  var matches = 0
  var switches = 0
  var distance = 0.0
  /// Of all pairs near enough and of all matches, some of these twice: what py-motmetrics lists.
  var listedDistance = 0.0
  var identityMatches = 0
  private var fragmentations = 0
  private var people = 0
  private var mostlyTracked = 0
  private var mostlyLost = 0

  /// Adds a person.
  mutating func add(_ person: Sightings) {
    people += 1
    fragmentations += person.fragmentations
    if person.coverage >= 0.8 { mostlyTracked += 1 }
    if person.coverage < 0.2 { mostlyLost += 1 }
  }

  mutating func add(_ other: IdentityTotals) {
    objects += other.objects
    predictions += other.predictions
    matches += other.matches
    switches += other.switches
    fragmentations += other.fragmentations
    distance += other.distance
    listedDistance += other.listedDistance
    identityMatches += other.identityMatches
    people += other.people
    mostlyTracked += other.mostlyTracked
    mostlyLost += other.mostlyLost
  }

  var table: MetricTable {
    let (misses, falsePositives) = (objects - matches, predictions - matches)
    var table = MetricTable()
    table["mota"] = 1 - ratio(misses + switches + falsePositives, objects)
    table["motp"] = distance / Double(matches)
    table["idf1"] = ratio(2 * identityMatches, objects + predictions)
    table["idp"] = ratio(identityMatches, predictions)
    table["idr"] = ratio(identityMatches, objects)
    table["recall"] = ratio(matches, objects)
    table["precision"] = ratio(matches, predictions)
    for (name, count) in [
      ("num_switches", switches), ("num_fragmentations", fragmentations), ("num_misses", misses),
      ("num_false_positives", falsePositives), ("num_matches", matches), ("num_objects", objects),
      ("num_predictions", predictions), ("mostly_tracked", mostlyTracked), ("mostly_lost", mostlyLost),
      ("num_unique_objects", people),
    ] {
      table.count(name, count)
    }
    return table
  }

  /// Undefined (NaN) where there is nothing to divide by.
  private func ratio(_ part: Int, _ whole: Int) -> Double { Double(part) / Double(whole) }
}
