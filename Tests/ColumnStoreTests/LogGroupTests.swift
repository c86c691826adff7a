@testable import ColumnStore
import Testing

struct LogGroupTests {
  private let group = LogGroup(
    sequence: 7, recordedAt: -5, previousChecksum: 0xDEAD_BEEF, firstRows: [3, 0, .init(UInt32.max)],
    facts: Array("some facts".utf8))

  @Test func `a group is read as it was written`() throws {
    var group = group
    let bytes = group.encoded()
    #expect(bytes.count == 32 + 3 * 4 + 10)
    #expect(try LogGroup(encoded: bytes, under: 7) == group)
    #expect(group.checksum == CRC32C.of(bytes, in: 4..<bytes.count))
  }

  @Test func `every flipped bit is refused`() {
    var group = group
    let bytes = group.encoded()
    for bit in 0..<(bytes.count * 8) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: Damage.self, "bit \(bit)") { try LogGroup(encoded: damaged, under: 7) }
    }
  }

  @Test func `a group cut or made longer is refused`() {
    var group = group
    let bytes = group.encoded()
    for count in 0..<bytes.count {
      #expect(throws: Damage.self) { try LogGroup(encoded: Array(bytes.prefix(count)), under: 7) }
    }
    #expect(throws: Damage.self) { try LogGroup(encoded: bytes + [0], under: 7) }
  }

  @Test func `a group under another sequence is refused`() {
    var group = group
    let bytes = group.encoded()
    #expect(throws: Damage.self) { try LogGroup(encoded: bytes, under: 8) }
  }
}
