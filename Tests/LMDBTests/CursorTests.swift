import LMDB
import Testing

struct CursorTests {
  let directory = TemporaryDirectory()
  let environment: Environment
  let table: Database

  init() throws {
    environment = try Environment.open(path: directory.file(), options: .quick)
    table = try environment.databases(named: ["table"], create: true)[0]
  }

  @Test func `a cursor moves every way, and stays at the ends`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      for key in ["b", "d", "f"] { try transaction.put(key, for: key, in: table) }
      var cursor = try transaction.cursor(in: table)
      #expect(try cursor.next()?.key.copy == "b".bytes)
      #expect(try cursor.next()?.value.copy == "d".bytes)
    }
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(in: table)
    #expect(try cursor.last()?.key.copy == "f".bytes)
    #expect(try cursor.next() == nil)
    #expect(try cursor.previous()?.key.copy == "d".bytes)
    #expect(try cursor.first()?.key.copy == "b".bytes)
    #expect(try cursor.previous() == nil)
    #expect(try cursor.seek(atLeast: "c".bytes.span)?.key.copy == "d".bytes)
    #expect(try cursor.seek(atLeast: "d".bytes.span)?.key.copy == "d".bytes)
    #expect(try cursor.seek(atLeast: "g".bytes.span) == nil)
    #expect(try cursor.seek(atMost: "g".bytes.span)?.key.copy == "f".bytes)
    #expect(try cursor.seek(atMost: "e".bytes.span)?.key.copy == "d".bytes)
    #expect(try cursor.seek(atMost: "d".bytes.span)?.key.copy == "d".bytes)
    #expect(try cursor.seek(atMost: "a".bytes.span) == nil)
  }

  @Test func `what a cursor lent stays valid when it moves on, and two cursors merge`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      for key in ["a", "b", "c"] { try transaction.put(key + key, for: key, in: table) }
    }
    let transaction = try environment.beginRead()
    var low = try transaction.cursor(in: table)
    var high = try transaction.cursor(in: table)
    let first = try low.first()
    let last = try high.last()
    _ = try low.next()
    _ = try high.previous()
    #expect(first?.value.copy == "aa".bytes)
    #expect(last?.value.copy == "cc".bytes)
  }

  @Test func `an empty database has no place`() throws {
    let transaction = try environment.beginRead()
    var cursor = try transaction.cursor(in: table)
    #expect(try cursor.first() == nil)
    #expect(try cursor.last() == nil)
    #expect(try cursor.next() == nil)
    #expect(try cursor.seek(atMost: "a".bytes.span) == nil)
  }
}
