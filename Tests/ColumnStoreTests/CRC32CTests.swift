import ColumnStore
import Testing

struct CRC32CTests {
  @Test func `the checksum of the digits is the published one`() {
    #expect(CRC32C.of(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.of([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.of([UInt8]()) == 0)
  }

  @Test(.tags(.differential))
  func `the fast way and the portable one agree at every length and alignment`() {
    var random = SeededGenerator(seed: 7)
    let bytes = (0..<9_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let lengths = Array(0...70) + [1_359, 1_360, 1_361, 4_079, 4_080, 4_081, 8_160, 8_192]
    for length in lengths {
      for start in [0, 1, 3, 7, 8] {
        let expected = CRC32C.portable(Array(bytes[start..<(start + length)]))
        #expect(CRC32C.of(bytes, in: start..<(start + length)) == expected, "\(length) bytes from \(start)")
      }
    }
  }

  @Test func `a checksum can be taken in portions`() {
    let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for cut in [0, 1, 8, 4_079, 5_000] {
      let first = CRC32C.of(bytes, in: 0..<cut)
      #expect(CRC32C.of(bytes, in: cut..<bytes.count, from: first) == CRC32C.of(bytes))
    }
  }
}
