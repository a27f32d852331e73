import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct `Tables of figures` {
  @Test func `labels are whole and what was not there to measure is none`() {
    var table = MetricTable(undefined: -1)
    table.count("num_fragmentations_in_all", 3)
    table["AP"] = -1
    table["mean"] = .nan
    table["Mean@0.1"] = 0.5
    #expect(
      table.text == """
        num_fragmentations_in_all 3
        AP                        none
        mean                      none
        Mean@0.1                  0.5000
        """)
    var signed = MetricTable()
    signed["mota"] = -1
    #expect(signed.text == "mota             -1.0000")
  }

  @Test func `figures with a row and a column are in one table with their like`() {
    var table = MetricTable(decimals: 1)
    for (part, ap, ar) in [("body", 70.25, 80.0), ("right hand", 5, .nan)] {
      (table["\(part).AP"], table["\(part).AR@0.1"]) = (ap, ar)
    }
    table["nose.MOTA"] = 100
    table["total"] = 1
    #expect(
      table.text == """
                      AP  AR@0.1
        body        70.2    80.0
        right hand   5.0    none

               MOTA
        nose  100.0

        total            1.0
        """)
  }

  @Test func `files have all digits and videos by name`() {
    var table = MetricTable()
    table["AP"] = 0.1234567
    table["mean"] = .nan
    var report = EvaluationReport(table)
    report.videos = [("a \"b\"", table)]
    #expect(report.json() == "{\n  \"AP\": 0.1234567,\n  \"mean\": null\n}\n")
    let parsed = try? JSONSerialization.jsonObject(with: Data(report.json(perVideo: true).utf8)) as? [String: Any]
    #expect((parsed?["videos"] as? [String: [String: Any]])?["a \"b\""]?["AP"] as? Double == 0.1234567)
    #expect(
      report.text(perVideo: ["AP"]) == """
        AP               0.1235
        mean             none

                   AP
        a "b"  0.1235
        all    0.1235
        """)
  }

  @Test func `every protocol has a name of its own`() {
    let names = EvaluationProtocol.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(EvaluationProtocol.named(name)?.name == name) }
    #expect(EvaluationProtocol.named("nope") == nil)
  }
}
