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
    let questions = [["changes"], ["order", "list", "--limit", "400"]]
    let answers = questions.map { folder.run($0).output }
    var codes: [String: Int] = [:]
    var deaths = 0
    let pages = sound.count / 4_096
    for page in stride(from: 2, to: pages, by: max(1, pages / 14)) {
      var bytes = sound
      for offset in 64..<96 { bytes[page * 4_096 + offset] ^= 0xA5 }
      try bytes.write(to: URL(filePath: folder.path("d.orders")))
      try? FileManager.default.removeItem(atPath: folder.path("d.orders-lock"))
      let verdict = try ToolProcess.run(["--store", folder.path("d.orders"), "verify"])
      #expect(verdict.status == 6 || verdict.status == 0, "page \(page): \(verdict.errors)")
      if verdict.status == 6 { codes[code(of: verdict), default: 0] += 1 }
      for (question, answer) in zip(questions, answers) {
        let outcome = try ToolProcess.run(["--store", folder.path("d.orders")] + question)
        switch outcome.status {
        case 0: #expect(outcome.output == answer, "page \(page), \(question): a wrong answer")
        case 6: codes[code(of: outcome), default: 0] += 1
        case ..<0:
          // The engine followed a damaged reference out of the file; verify must have said so.
          deaths += 1
          #expect(verdict.status == 6, "page \(page), \(question)")
        default: Issue.record("page \(page), \(question): \(outcome.status) \(outcome.errors)")
        }
      }
    }
    print("damage by code: \(codes.sorted { $0.key < $1.key }), processes that died reading: \(deaths)")
    for code in ["OB4105", "OB4201"] { #expect(codes[code, default: 0] > 0, "\(codes)") }
    #expect(Set(codes.keys).isSubset(of: ["OB4103", "OB4105", "OB4201", "OB4202"]), "\(codes)")
  }

  private func code(of outcome: TestFolder.Outcome) -> String {
    outcome.errors.matches(of: /error (OB[0-9]+)/).last.map { String($0.1) } ?? outcome.errors
  }
}
