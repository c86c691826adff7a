import Foundation
import LMDB
import Testing

struct ResidentPagesTests {
  @Test func `values are read as before once resident pages were let go`() throws {
    let directory = TemporaryDirectory()
    let environment = try Environment.open(path: directory.path + "/resident.lmdb")
    let database = try environment.databases(named: ["a"], create: true)[0]
    let value = [UInt8](repeating: 7, count: 4_000)
    try environment.write { (transaction) throws(LMDBError) in
      for index in 0..<2_000 {
        try transaction.put(value.span, for: [UInt8(index >> 8), UInt8(index & 255)].span, in: database)
      }
    }
    func sum() throws -> Int {
      try environment.read { (transaction) throws(LMDBError) in
        var total = 0
        try transaction.scan(in: database) { (_, value) throws(LMDBError) in
          total += value.byteCount + Int(value.unsafeLoad(fromByteOffset: 99, as: UInt8.self))
          return true
        }
        return total
      }
    }
    let before = try sum()
    let resident = residentBytes()
    environment.releaseResidentPages()
    #expect(residentBytes() < resident - 4_000_000, "8 MB of the map were resident")
    #expect(try sum() == before)
  }

  /// Pages of files resident in this process.
  private func residentBytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in status.split(separator: "\n") where line.hasPrefix("RssFile:") {
      return (Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "0") ?? 0) * 1_024
    }
    return 0
  }
}
