/// All that TrackEval says of tracks: HOTA, CLEAR MOT and identities. Frames are added one by one.
package struct TrackingEvaluation {
  private var hota = HOTATotals()
  private var clear = ClearTotals()
  private var identityMatches = 0
  private var tracks = (labelled: 0, predicted: 0)
  private var sequence = Sequence()

  /// What is under way.
  private struct Sequence {
    var hota = HOTASequence()
    var clear = ClearSequence()
    var identities = IdentityPairing()
    var people: Set<Int> = []
    var ids: Set<Int> = []
  }

  package init() {}

  /// Adds the next frame of the sequence.
  ///
  /// - Returns: The pair that each person labelled was matched by in CLEAR MOT.
  @discardableResult
  package mutating func add(_ frame: IdentityFrame) -> [IdentityFrame.Pair?] {
    sequence.hota.add(frame)
    sequence.identities.add(frame, frame.pairs.filter { $0.similarity >= ClearSequence.limit })
    sequence.people.formUnion(frame.truths)
    sequence.ids.formUnion(frame.predictions)
    return sequence.clear.add(frame)
  }

  /// Ends the sequence; the ids of the next one are its own.
  package mutating func endSequence() {
    hota.add(sequence.hota.finished())
    clear.add(sequence.clear.finished())
    identityMatches += sequence.identities.matches
    tracks = (tracks.labelled + sequence.people.count, tracks.predicted + sequence.ids.count)
    sequence = Sequence()
  }

  mutating func add(_ other: TrackingEvaluation) {
    hota.add(other.hota)
    clear.add(other.clear)
    identityMatches += other.identityMatches
    tracks = (tracks.labelled + other.tracks.labelled, tracks.predicted + other.tracks.predicted)
  }

  /// The figures of all sequences that were ended, named and in shares as in TrackEval.
  package var table: MetricTable {
    var table = MetricTable()
    let figures = hota.figures
    for name in ["HOTA", "DetA", "AssA", "DetRe", "DetPr", "AssRe", "AssPr", "LocA", "OWTA"] {
      table[name] = figures.mean(name)
    }
    (table["HOTA(0)"], table["LocA(0)"]) = (figures["HOTA"][0], figures["LocA"][0])
    table["HOTALocA(0)"] = figures["HOTA"][0] * figures["LocA"][0]
    addClear(to: &table)
    addIdentities(to: &table)
    return table
  }

  private func addClear(to table: inout MetricTable) {
    let objects = max(1, Double(clear.objects))
    let matches = Double(clear.matches)
    let (misses, alarms) = (Double(clear.objects) - matches, Double(clear.predictions) - matches)
    let people = max(1, Double(clear.mostlyTracked + clear.partlyTracked + clear.mostlyLost))
    table["MOTA"] = (matches - alarms - Double(clear.switches)) / objects
    table["MOTP"] = clear.similarity / max(1, matches)
    table["MODA"] = (matches - alarms) / objects
    table["CLR_Re"] = matches / objects
    table["CLR_Pr"] = matches / max(1, matches + alarms)
    table["CLR_F1"] = matches / max(1, matches + 0.5 * misses + 0.5 * alarms)
    table["sMOTA"] = (clear.similarity - alarms - Double(clear.switches)) / objects
    table["MTR"] = Double(clear.mostlyTracked) / people
    table["PTR"] = Double(clear.partlyTracked) / people
    table["MLR"] = Double(clear.mostlyLost) / people
    for (name, count) in [
      ("CLR_TP", clear.matches), ("CLR_FN", clear.objects - clear.matches),
      ("CLR_FP", clear.predictions - clear.matches),
      ("IDSW", clear.switches), ("MT", clear.mostlyTracked), ("PT", clear.partlyTracked), ("ML", clear.mostlyLost),
      ("Frag", clear.fragmentations),
    ] { table.count(name, count) }
  }

  private func addIdentities(to table: inout MetricTable) {
    let matches = Double(identityMatches)
    table["IDF1"] = matches / max(1, 0.5 * Double(clear.objects + clear.predictions))
    table["IDR"] = matches / max(1, Double(clear.objects))
    table["IDP"] = matches / max(1, Double(clear.predictions))
    for (name, count) in [
      ("IDTP", identityMatches), ("IDFN", clear.objects - identityMatches),
      ("IDFP", clear.predictions - identityMatches),
      ("Dets", clear.predictions), ("GT_Dets", clear.objects), ("IDs", tracks.predicted), ("GT_IDs", tracks.labelled),
    ] { table.count(name, count) }
  }
}
