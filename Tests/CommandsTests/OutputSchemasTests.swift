import Foundation
import Testing

/// What is written follows the schemas that `describe` prints.
struct OutputSchemasTests {
  typealias Object = [String: Any]

  private func schema(_ name: String) throws -> Object {
    let outcome = TestFolder.plain("describe", name)
    #expect(outcome.status == 0)
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? Object)
  }

  private func values(_ text: String) throws -> [Any] {
    try text.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
  }

  @Test(arguments: [
    ["kpi", "--all", "--period", "2026-03", "--as-of", "2026-04-01"], ["kpi", "K42:gmv", "--by", "channel,month"],
    ["order", "list"], ["track", "1"], ["info"], ["verify"], ["inventory", "get", "TEA"], ["explain"], ["kpi", "list"],
  ])
  func `answers and rows follow their schemas`(question: [String]) throws {
    let folder = try TestFolder.filled()
    let whole = folder.run(question + ["--format", "json"])
    #expect(whole.status == 0, "\(whole.errors)")
    let answer = try JSONSerialization.jsonObject(with: Data(whole.output.utf8))
    #expect(faults(answer, try schema("answer"), at: "answer") == [])
    let rows = try values(folder.run(question + ["--format", "jsonl"]).output)
    let row = try schema("row")
    #expect(rows.flatMap { faults($0, row, at: "row") } == [])
  }

  @Test func `errors, changes and rejects follow their schemas`() throws {
    let folder = try TestFolder.filled()
    let (error, change, reject) = (try schema("error"), try schema("change"), try schema("reject"))
    for arguments in [["kpi", "K99"], ["kpi"], ["kpi", "K10"], ["track", "99"]] {
      let lines = try values(folder.run(arguments, environment: ["ORDERBASE_ERRORS": "json"]).errors)
      #expect(lines.count == 1)
      #expect(lines.flatMap { faults($0, error, at: "error") } == [], "\(arguments)")
    }
    let changes = try values(folder.run("changes").output)
    #expect(changes.count > 3)
    #expect(changes.flatMap { faults($0, change, at: "change") } == [])
    let file = try folder.write("{\"order_no\":\"J1\"}\n{\"order_no\n", "j.jsonl")
    let mapping = DocumentExamplesTests.root.appending(path: "Tools/mappings/generic-jsonl.toml").path
    folder.run("import", file, "--map", mapping, "--max-errors", "100%")
    let rejects = try values(String(contentsOfFile: folder.path("j.rejects.jsonl"), encoding: .utf8))
    #expect(rejects.count == 2)
    #expect(rejects.flatMap { faults($0, reject, at: "reject") } == [])
  }

  @Test func `the check itself finds what does not follow`() throws {
    let error = try schema("error")
    #expect(faults(["error": ["code": "OB1101", "message": "m", "hint": "h"]], error, at: "e") == ["e.error: no exit"])
    #expect(!faults(["error": "text"], error, at: "e").isEmpty)
    #expect(!faults([String: Any](), try schema("answer"), at: "a").isEmpty)
  }

  /// The words of JSON Schema that our schemas use.
  private func faults(_ value: Any, _ schema: Object, at place: String) -> [String] {
    if let choices = schema["anyOf"] as? [Object] {
      return choices.contains { faults(value, $0, at: place).isEmpty } ? [] : ["\(place): none of the choices"]
    }
    if let choices = schema["enum"] as? [AnyHashable] {
      let known = (value as? AnyHashable).map { choices.contains($0) } ?? false
      return known ? [] : ["\(place): \(value) is no choice"]
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    if !types.isEmpty, !types.contains(where: { isOf($0, value) }) { return ["\(place): \(value) is no \(types)"] }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      return ["\(place): '\(text)' is not as \(pattern)"]
    }
    if let elements = value as? [Any], let items = schema["items"] as? Object {
      return elements.enumerated().flatMap { faults($1, items, at: "\(place)[\($0)]") }
    }
    guard let object = value as? Object else { return [] }
    var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): no \($0)" }
    let properties = schema["properties"] as? Object ?? [:]
    for (key, member) in object {
      if let property = properties[key] as? Object {
        found += faults(member, property, at: "\(place).\(key)")
      } else if let others = schema["additionalProperties"] as? Object {
        found += faults(member, others, at: "\(place).\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(place): \(key) is unknown")
      }
    }
    return found
  }

  private func isOf(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is Object
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": value is Bool
    default: value is NSNumber || value is Int || value is Double
    }
  }
}
