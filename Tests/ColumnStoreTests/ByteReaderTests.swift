import ColumnStore
import Testing

struct ByteReaderTests {
  @Test func `bytes that end early are refused, whatever is asked for`() {
    for bytes in [[], [0x80], [0x80, 0xFF]] as [[UInt8]] {
      #expect(throws: Damage.truncated(offset: bytes.count)) {
        var reader = ByteReader(bytes)
        _ = try reader.varint()
      }
    }
    #expect(throws: Damage.truncated(offset: 0)) {
      var reader = ByteReader([1, 2, 3])
      _ = try reader.littleEndian(UInt32.self)
    }
    #expect(throws: Damage.truncated(offset: 1)) {
      var reader = ByteReader([3, 65, 66])
      _ = try reader.text()
    }
    #expect(throws: Damage.truncated(offset: 0)) {
      var reader = ByteReader([])
      _ = try reader.byte()
    }
  }

  @Test func `a varint of more than 64 bits is refused`() throws {
    var widest = ByteReader(Array(repeating: 0xFF, count: 9) + [1])
    #expect(try widest.varint() == .max)
    for last in [2, 0x7F, 0x80, 0x81] as [UInt8] {
      #expect(throws: Damage.self) {
        var reader = ByteReader(Array(repeating: 0xFF, count: 9) + [last, 0])
        _ = try reader.varint()
      }
    }
  }

  @Test func `a count of more than 63 bits is refused`() {
    #expect(throws: Damage.self) {
      var reader = ByteReader(Array(repeating: 0xFF, count: 9) + [1])
      _ = try reader.count()
    }
    // A text of such a length must not be looked for either.
    #expect(throws: Damage.self) {
      var reader = ByteReader(Array(repeating: 0xFF, count: 8) + [0x7F, 65])
      _ = try reader.text()
    }
  }

  @Test func `text that is not UTF-8 is refused`() {
    #expect(throws: Damage.self) {
      var reader = ByteReader([1, 0xFF])
      _ = try reader.text()
    }
  }

  @Test func `a reader of a range sees nothing outside it`() throws {
    var reader = ByteReader([9, 1, 2, 9], in: 1..<3)
    #expect(try reader.byte() == 1)
    #expect(try reader.byte() == 2)
    #expect(reader.isAtEnd)
    #expect(throws: Damage.truncated(offset: 3)) { try reader.byte() }
  }
}
