import Columns
import Foundation
import Reports
import Testing

struct JSONWriterTests {
  @Test func `containers nest and commas come by themselves`() {
    var writer = JSONWriter(appendingTo: Array("x = ".utf8))
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.integer(-1)
    writer.null()
    writer.boolean(true)
    writer.number(ExactDecimal(numerator: 1, denominator: 8, digits: 3))
    writer.beginObject()
    writer.endObject()
    writer.beginArray()
    writer.endArray()
    writer.endArray()
    writer.key(JSONKey("b\"c"))
    writer.string("d")
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"x = {"a":[-1,null,true,0.125,{},[]],"b\"c":"d"}"#)
  }

  @Test func `every scalar below 300 and some beyond are read back as written`() throws {
    for value in Array(0..<UInt32(300)) + [0x2028, 0xFFFD, 0xFFFF, 0x1F600, 0x10FFFF] {
      let string = "a" + String(try #require(Unicode.Scalar(value))) + "b"
      var writer = JSONWriter()
      writer.beginArray()
      writer.string(string)
      writer.endArray()
      let read = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String]
      #expect(read.map { Array($0[0].utf8) } == Array(string.utf8))
      #expect(!writer.bytes.contains { $0 < 0x20 })
    }
  }
}
