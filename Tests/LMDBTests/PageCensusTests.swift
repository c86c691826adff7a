import LMDB
import Testing

struct PageCensusTests {
  let directory = TemporaryDirectory()

  @Test func `every page is used or free, whatever was written and deleted`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let tables = try environment.databases(named: ["a", "b", "c"], create: true)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      try environment.write { (transaction) throws(LMDBError) in
        for _ in 0..<20 {
          let table = tables[Int.random(in: 0..<3, using: &generator)]
          let key = "\(Int.random(in: 0..<300, using: &generator))".bytes
          let value = [UInt8](repeating: 1, count: [0, 50, 3_000, 20_000].randomElement(using: &generator)!)
          if Bool.random(using: &generator) {
            try transaction.put(value.span, for: key.span, in: table)
          } else {
            try transaction.delete(key.span, in: table)
          }
        }
      }
      let census = try environment.read { (transaction) throws(LMDBError) in try transaction.pageCensus() }
      #expect(census.lostCount == 0)
      #expect(census.usedCount > 2 && census.pageCount == census.usedCount + census.freeCount)
    }
  }

  @Test func `a transaction that is no longer the newest cannot count`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["a"], create: true)[0]
    let transaction = try environment.beginRead()
    _ = try transaction.pageCensus()
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    expect(.tryAgain) { _ = try transaction.pageCensus() }
  }
}
