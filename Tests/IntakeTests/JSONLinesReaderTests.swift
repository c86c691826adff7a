import Intake
import Testing

struct JSONLinesReaderTests {
  private func lines(_ text: String, window: Int = 1 << 12, piece: Int = 1 << 20) throws -> [JSONLinesReader.Line] {
    let reader = JSONLinesReader(BytePieces(text, pieceByteCount: piece), windowByteCount: window)
    var lines: [JSONLinesReader.Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func value(_ text: String) throws -> JSONValue { try lines(text)[0].outcome.get() }

  @Test func `values nest and numbers keep their digits`() throws {
    let found = try value(#"{"a":1.10,"b":[true,false,null,-0.5e+3,"x"],"c":{"d":{}},"e":[]}"#)
    let expected = JSONValue.object([
      .init("a", .number("1.10")),
      .init("b", .array([.bool(true), .bool(false), .null, .number("-0.5e+3"), .string("x")])),
      .init("c", .object([.init("d", .object([]))])), .init("e", .array([])),
    ])
    #expect(found == expected)
  }

  @Test func `escapes in strings are read`() throws {
    #expect(try value(#""\"\\\/\b\f\n\r\t\u00e9\u6771\ud83d\ude00é""#) == .string("\"\\/\u{8}\u{c}\n\r\té東😀é"))
  }

  @Test(arguments: [
    ("{", 1), ("{\"a\"}", 4), ("{\"a\":1,}", 7), ("[1 2]", 3), ("01", 1), ("1.", 2), ("-", 1), ("tru", 0), ("\"a", 2),
    ("\"\\x\"", 2),
    ("\"\\ud83d\"", 7), ("\"\\ude00\"", 7), ("{} {}", 3), ("'a'", 0), ("\"\\u12g4\"", 5), ("1e", 2), ("nul", 0),
    ("[,]", 1),
  ])
  func `what is no JSON is told with the byte`(text: String, byte: Int) throws {
    let line = try #require(try lines(text).first)
    guard case .failure(let fault) = line.outcome else {
      Issue.record("\(text) was read")
      return
    }
    #expect(fault.byte == byte, "\(fault.reason)")
  }

  @Test func `nesting is limited`() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try value(deep) }
    #expect(throws: JSONLinesReader.Fault(byte: 64, reason: "more than 64 levels")) { try value("[" + deep + "]") }
  }

  @Test(arguments: [16, 17, 64, 1 << 12], [1, 5, 1 << 20])
  func `each line knows its number and byte, and a bad one does not end the file`(window: Int, piece: Int) throws {
    let text = "{\"a\":1}\r\n\n  \n{bad\n[\"" + String(repeating: "é", count: 100) + "\"]"
    let found = try lines(text, window: window, piece: piece)
    #expect(found.map(\.line) == [1, 4, 5])
    #expect(found.map(\.offset) == [0, 13, 18])
    #expect(String(decoding: found[1].raw, as: UTF8.self) == "{bad")
    #expect(throws: JSONLinesReader.Fault.self) { try found[1].outcome.get() }
    #expect(try found[2].outcome.get() == .array([.string(String(repeating: "é", count: 100))]))
  }

  @Test func `paths find members of members, and names with dots first`() throws {
    let found = try value(#"{"customer":{"email":"x","address":{"city":"y"}},"a.b":1,"a":{"b":2},"a":{"b":3,"c":4}}"#)
    #expect(found.value(at: "customer.email") == .string("x"))
    #expect(found.value(at: "customer.address.city")?.columnText == "y")
    #expect(found.value(at: "a.b") == .number("1"))
    #expect(found.value(at: "a.c") == .number("4"))
    #expect(found.value(at: "customer.phone") == nil)
    #expect(found.value(at: "customer")?.columnText == nil)
  }
}
