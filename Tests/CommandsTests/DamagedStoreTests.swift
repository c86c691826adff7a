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
        default: Issue.record("page \(page), \(question): \(outcome.status) \(outcome.errors)")
        }
      }
    }
    print("damage by code: \(codes.sorted { $0.key < $1.key })")
    for code in ["OB4105", "OB4201"] { #expect(codes[code, default: 0] > 0, "\(codes)") }
    #expect(Set(codes.keys).isSubset(of: ["OB4103", "OB4105", "OB4201", "OB4202"]), "\(codes)")
  }

  @Test func `a file cut short is told, whoever reads it`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("load", "gen", "--orders", "2000", "-o", folder.path("shop.csv")).status == 0)
    #expect(folder.run(folder.importing("shop.csv").arguments).status == 0)
    let sound = try folder.bytes("s.orders")
    var fallen = 0
    for part in [2, 4, 8] {
      try sound.prefix(sound.count / part / 4_096 * 4_096).write(to: URL(filePath: folder.path("d.orders")))
      try? FileManager.default.removeItem(atPath: folder.path("d.orders-lock"))
      for command in [["kpi", "--all", "--period", "2025"], ["order", "list"], ["changes"], ["verify"]] {
        let outcome = try ToolProcess.run(["--store", folder.path("d.orders")] + command)
        #expect(outcome.status == 6, "\(part), \(command): \(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("hint: "), "\(outcome.errors)")
        guard code(of: outcome) == "OB4202", command != ["changes"] else { continue }
        fallen += 1
        #expect(outcome.errors.contains("the file '\(folder.path("d.orders"))' is damaged, or was cut"))
        let json = try ToolProcess.run(["--store", folder.path("d.orders")] + command + ["--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.errors.utf8)) as? [String: [String: Any]]
        #expect(object?["error"]?["code"] as? String == "OB4202")
        #expect(object?["error"]?["exit"] as? Int == 6)
      }
    }
    #expect(fallen > 0, "no cut reached beyond the file")
  }

  private func code(of outcome: TestFolder.Outcome) -> String {
    outcome.errors.matches(of: /error (OB[0-9]+)/).last.map { String($0.1) } ?? outcome.errors
  }
}
