import Foundation
import Testing

/// 6: what damage looks like from the command line.
@Suite(.enabled(if: ToolProcess.isBuilt, "skipped: the tool is not built beside the tests"), .serialized)
struct DamagedStoreTests {
  @Test func `damage of a page is named by verify, and by a command that meets it`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("load", "gen", "--orders", "300", "-o", folder.path("shop.csv")).status == 0)
    #expect(folder.run(folder.importing("shop.csv").arguments).status == 0)
    let sound = try folder.bytes("s.orders")
    var codes: [String: Int] = [:]
    let pages = sound.count / 4_096
    for page in stride(from: 2, to: pages, by: max(1, pages / 40)) {
      var bytes = sound
      for offset in 64..<96 { bytes[page * 4_096 + offset] ^= 0xA5 }
      try bytes.write(to: URL(filePath: folder.path("d.orders")))
      try? FileManager.default.removeItem(atPath: folder.path("d.orders-lock"))
      for command in [["verify"], ["changes"], ["kpi", "--all", "--period", "2025"]] {
        let outcome = try ToolProcess.run(["--store", folder.path("d.orders")] + command)
        guard outcome.status != 0 else { continue }
        #expect(outcome.status == 6, "page \(page), \(command): \(outcome.errors)")
        let code = outcome.errors.firstMatch(of: /^error (OB[0-9]+)/).map { String($0.1) } ?? outcome.errors
        codes[code, default: 0] += 1
      }
    }
    #expect(codes["OB4105", default: 0] > 0, "\(codes)")
    #expect(codes["OB4201", default: 0] > 0, "\(codes)")
    #expect(Set(codes.keys).isSubset(of: ["OB4103", "OB4105", "OB4201", "OB4202"]), "\(codes)")
  }
}
