package import Foundation

/// An MPEG transport stream (ISO/IEC 13818-1), to be harmed for tests.
package struct TransportStream {
  package enum Harm: Sendable { case loses, scrambles }

  package private(set) var data: Data
  private static let packet = 188

  package init(_ data: Data) {
    self.data = data
  }

  /// Adds `ticks` of 1/90,000 s to the presentation times of some of the packets of sound (PES) of a stream. Returns how many
  /// were changed.
  package mutating func moveTimes(ofPID pid: Int, packets: ClosedRange<Int>, by ticks: Int64) -> Int {
    var (seen, changed) = (0, 0)
    for start in starts(pid: pid) where data[start + 1] & 0x40 != 0 {
      defer { seen += 1 }
      let header = start + 4 + (data[start + 3] & 0x20 != 0 ? 1 + Int(data[start + 4]) : 0)
      guard packets.contains(seen), data[header + 7] & 0x80 != 0 else { continue }
      let field = header + 9
      let bytes = (0..<5).map { Int64(data[field + $0]) }
      var time = (bytes[0] >> 1 & 7) << 30 | bytes[1] << 22 | (bytes[2] >> 1) << 15 | bytes[3] << 7 | bytes[4] >> 1
      time += ticks
      data[field] = UInt8(bytes[0] & 0xF1 | (time >> 30 & 7) << 1)
      data[field + 1] = UInt8(time >> 22 & 0xFF)
      data[field + 2] = UInt8((time >> 15 & 0x7F) << 1 | 1)
      data[field + 3] = UInt8(time >> 7 & 0xFF)
      data[field + 4] = UInt8((time & 0x7F) << 1 | 1)
      changed += 1
    }
    return changed
  }

  /// Loses or scrambles every so many packets of a stream, but for the first ones.
  package mutating func harm(pid: Int, _ harm: Harm, every count: Int) {
    var random = SeededRandom(seed: 5)
    for (index, start) in starts(pid: pid).enumerated().reversed() where index > 4 && index % count == 0 {
      switch harm {
      case .loses: data.removeSubrange(start..<start + Self.packet)
      case .scrambles:
        for place in start + 8..<start + Self.packet where Bool.random(using: &random) {
          data[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
    }
  }

  private func starts(pid: Int) -> [Int] {
    stride(from: 0, to: data.count, by: Self.packet).filter {
      Int(data[$0 + 1] & 0x1F) << 8 | Int(data[$0 + 2]) == pid
    }
  }
}
