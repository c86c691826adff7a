import LMDB
import Testing

struct InformationTests {
  let directory = TemporaryDirectory()

  @Test func `an environment tells its figures`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let before = try environment.information()
    try environment.write { (transaction) throws(LMDBError) in
      for index in 0..<1_000 { try transaction.put("\(index)", for: "\(index)", in: table) }
    }
    let after = try environment.information()
    #expect(after.mapSizeBytes == 64 << 20)
    #expect(after.maxReaders == 1_024)
    #expect(after.lastTransactionID == before.lastTransactionID + 1)
    #expect(after.lastPageNumber > before.lastPageNumber)
    #expect(after.pageSizeBytes >= 4_096)
    #expect(Environment.libraryVersion.hasPrefix("LMDB 0.9."))
    let statistics = try environment.read { (transaction) throws(LMDBError) in try transaction.statistics(of: table) }
    #expect(statistics.entryCount == 1_000)
    #expect(statistics.depth == 2)
    #expect(statistics.branchPageCount == 1)
    #expect(statistics.leafPageCount > 1)
    #expect(statistics.overflowPageCount == 0)
  }

  @Test func `active readers are listed with the commit they see`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    #expect(try environment.activeReaders() == [])
    let transaction = try environment.beginRead()
    #expect(try environment.activeReaders().map(\.transactionID) == [transaction.transactionID])
    _ = consume transaction
    #expect(try environment.activeReaders() == [])
  }
}
