private import Foundation
import Testing
import Video

/// Digests of FIPS 180-4's examples.
@Test(arguments: [
  ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
])
func sha256IsThatOfTheStandard(text: String, digest: String) {
  #expect(FileDigest.sha256(of: Data(text.utf8)) == digest)
}
