internal import Imaging
internal import Pose
import Testing

@Suite struct `Text on pictures` {
  private static let printable = (33...126).map { Character(UnicodeScalar(UInt8($0))) }

  private func ink(_ text: String, capHeight: Double = 24) -> CoverageMask {
    var mask = CoverageMask(width: 80, height: 60)
    Lettering(text, capHeight: capHeight).add(to: &mask, at: Point(x: 10, y: 10))
    return mask
  }

  @Test func `Every printable character has a shape of its own`() {
    let masks = Self.printable.map { ink(String($0)) }
    for (index, mask) in masks.enumerated() {
      #expect(!mask.isEqual(to: ink("")), "\(Self.printable[index])")
      for other in 0..<index {
        #expect(!mask.isEqual(to: masks[other]), "\(Self.printable[index]) and \(Self.printable[other])")
      }
    }
  }

  @Test(arguments: printable)
  func `A character stays within its line`(character: Character) {
    let mask = ink(String(character))
    let right = 10 + Lettering(String(character), capHeight: 24).width
    for y in 0..<60 {
      for x in 0..<80 where Double(x) < 8 || Double(x) > right + 2 || y < 7 || y > 10 + 24 + 10 {
        #expect(mask[x, y] == 0)
      }
    }
  }

  @Test func `Digits are equally wide`() {
    #expect(Set("0123456789".map { Lettering(String($0), capHeight: 20).width }).count == 1)
  }

  @Test func `A character without a shape becomes a box`() {
    #expect(ink("é").isEqual(to: ink("漢")))
    #expect(!ink("é").isEqual(to: ink("")))
  }

  @Test(arguments: [Double.nan, .infinity, 0, -4])
  func `Sizes that make no sense draw nothing`(capHeight: Double) {
    #expect(ink("8", capHeight: capHeight).isEqual(to: ink("")))
  }
}
