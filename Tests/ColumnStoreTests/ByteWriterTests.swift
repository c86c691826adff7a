import ColumnStore
import Testing

struct ByteWriterTests {
  @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 1 << 62, 1 << 63, .max] as [UInt64])
  func `a varint is read as it was written`(value: UInt64) throws {
    var writer = ByteWriter()
    writer.append(varint: value)
    #expect(writer.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
    var reader = ByteReader(writer.bytes)
    #expect(try reader.varint() == value)
    #expect(reader.isAtEnd)
  }

  @Test(arguments: [0, -1, 1, 63, -64, 64, -65, .max, .min] as [Int64])
  func `a signed value is read as it was written`(value: Int64) throws {
    var writer = ByteWriter()
    writer.append(signed: value)
    if (-64...63).contains(value) { #expect(writer.count == 1) }
    var reader = ByteReader(writer.bytes)
    #expect(try reader.signed() == value)
  }

  @Test func `numbers of fixed width are little-endian and keep their sign`() throws {
    var writer = ByteWriter()
    writer.append(littleEndian: UInt32(0x0403_0201))
    writer.append(littleEndian: Int16(-2))
    writer.append(littleEndian: Int64.min)
    #expect(Array(writer.bytes.prefix(6)) == [1, 2, 3, 4, 0xFE, 0xFF])
    var reader = ByteReader(writer.bytes)
    #expect(try reader.littleEndian(UInt32.self) == 0x0403_0201)
    #expect(try reader.littleEndian(Int16.self) == -2)
    #expect(try reader.littleEndian(Int64.self) == .min)
  }

  @Test(arguments: ["", "a", "größer", "赤い", String(repeating: "x", count: 300)])
  func `a text is read as it was written`(text: String) throws {
    var writer = ByteWriter()
    writer.append(text: text)
    var reader = ByteReader(writer.bytes)
    #expect(try reader.text() == text)
    #expect(reader.isAtEnd)
  }

  @Test func `cutting back undoes what was written since`() {
    var writer = ByteWriter()
    writer.append(byte: 1)
    let mark = writer.count
    writer.append(text: "no")
    writer.truncate(to: mark)
    #expect(writer.bytes == [1])
    writer.removeAll()
    #expect(writer.bytes.isEmpty)
  }
}
