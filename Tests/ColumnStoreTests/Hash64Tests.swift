import ColumnStore
import Testing

struct Hash64Tests {
  /// Stored index entries hold these: a change would lose them.
  @Test(
    arguments: [
      ("", 0, 0x4B376597790CF06A),
      ("a", 0, 0xD7D4CC2FD9AB531B),
      ("12345678", 0, 0x642B9C92349AB837),
      ("123456789", 1, 0xD672DF6B6C8CAB4F),
      ("größer 赤", 0x776f7264, 0x6C9DFD2FA8BF5E0B),
    ] as [(String, UInt64, UInt64)])
  func `hashes never change`(text: String, seed: UInt64, expected: UInt64) {
    #expect(Hash64.of(text, seed: seed) == expected)
  }

  @Test(arguments: ["", "a", "1234567", "12345678", "123456789", "größer 赤, und noch mehr davon", "é\u{301}"])
  func `a text is taken in as its bytes are`(text: String) {
    var (ofText, ofBytes) = (Hash64(seed: 5), Hash64(seed: 5))
    ofText.combine(text)
    ofBytes.combine(Array(text.utf8))
    #expect(ofText.value == ofBytes.value)
    ofText.combine(text + "x")
    #expect(ofText.value != ofBytes.value)
  }

  @Test func `what is taken in, in which order and with which seed all matter`() {
    var seen: Set<UInt64> = []
    var count = 0
    for seed in 0..<20 as Range<UInt64> {
      for text in ["", "\0", "\0\0", "a", "b", "ab", "ba", "12345678", "12345678\0", "1234567812345678"] {
        seen.insert(Hash64.of(text, seed: seed))
        count += 1
      }
    }
    #expect(seen.count == count)
    var together = Hash64(seed: 1)
    together.combine("ab")
    var apart = Hash64(seed: 1)
    apart.combine("a")
    apart.combine("b")
    #expect(together.value != apart.value)
    var number = Hash64(seed: 1)
    number.combine(UInt64(5))
    #expect(number.value != Hash64(seed: 1).value)
  }

  @Test(.tags(.property)) func `numbers that differ in one bit get hashes that differ in about half their bits`() {
    var random = SeededGenerator(seed: 3)
    var differing = 0
    for _ in 0..<4_000 {
      let value = random.next()
      var one = Hash64(seed: 0)
      var other = Hash64(seed: 0)
      one.combine(value)
      other.combine(value ^ 1 << (random.next() % 64))
      differing += (one.value ^ other.value).nonzeroBitCount
    }
    #expect((30.0...34.0).contains(Double(differing) / 4_000))
  }
}
