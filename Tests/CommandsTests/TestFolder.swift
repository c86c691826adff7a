import Commands
import Foundation

/// A folder of a test's own with a store in it, and the tool run in process.
final class TestFolder {
  let url: URL
  /// 2026-04-01T00:00Z.
  static let now: Int64 = 1_775_001_600_000
  static let mapping = DocumentExamplesTests.root.appending(path: "Tools/mappings/generic.toml").path

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "commands-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    return path(name)
  }

  /// Runs the tool; `--store` is the folder's store unless `store` says otherwise.
  @discardableResult
  func run(_ arguments: String..., store: String? = nil, environment: [String: String] = [:]) -> Outcome {
    run(arguments, store: store, environment: environment)
  }

  @discardableResult
  func run(_ arguments: [String], store: String? = nil, environment: [String: String] = [:]) -> Outcome {
    let outcome = Tool.outcome(
      of: ["--store", store ?? path("s.orders")] + arguments,
      environment: environment.merging(["TMPDIR": url.path]) { value, _ in value }, now: Self.now)
    return Outcome(
      status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self),
      errors: String(decoding: outcome.errors, as: UTF8.self))
  }

  /// Runs the tool without a store.
  static func plain(_ arguments: String...) -> Outcome {
    let outcome = Tool.outcome(of: arguments, now: now)
    return Outcome(
      status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self),
      errors: String(decoding: outcome.errors, as: UTF8.self))
  }

  /// Exit statuses by error code, as `explain` lists them.
  static let exitStatuses: [String: Int32] = {
    var statuses: [String: Int32] = [:]
    for line in plain("explain", "--format", "jsonl").output.split(separator: "\n") {
      let row = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let code = row?["code"] as? String, let exit = row?["exit"] as? Int { statuses[code] = Int32(exit) }
    }
    return statuses
  }()

  func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(filePath: path(name))) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }

  /// A standard order of four units of TEA, promised at north; then handed to the warehouse there.
  func reserved(_ number: String, _ options: String...) {
    run("inventory", "receive", "TEA", "10", "--location", "north")
    run(["order", "put", number, "--line", "TEA:4:12.50", "--creator", "ann"] + options)
    run("order", "pay", number, "50.00")
    run("record", number, "validated", "--actor", "system")
    run("order", "approve", number, "--actor", "bo")
  }

  func released(_ number: String) {
    reserved(number)
    run("order", "allocate", number, "--location", "north", "--carrier", "SF")
    run("record", number, "released")
  }

  /// A copy of the store whose format is one that earlier versions made, or that later versions make.
  func olderStore() throws -> String { try store(ofFormat: 1) }
  func newerStore() throws -> String { try store(ofFormat: 200) }

  private func store(ofFormat version: UInt8) throws -> String {
    var bytes = try bytes("s.orders")
    // The version stands behind the mark; older copies of the page may lie about.
    var start = bytes.startIndex
    while let mark = bytes.range(of: Data("orderbase".utf8), in: start..<bytes.endIndex) {
      if bytes[mark.upperBound] < 100 { bytes[mark.upperBound] = version }
      start = mark.upperBound
    }
    try bytes.write(to: URL(filePath: path("other.orders")))
    return path("other.orders")
  }

  /// What `verify` says of the content.
  func contentHash() -> String {
    let lines = run("verify", "--format", "tsv").output.split(separator: "\n")
    return lines.first { $0.hasPrefix("content_hash") }.map(String.init) ?? ""
  }

  static let csv = """
    order_no,channel,customer,email,phone,placed_at,shipped_at,delivered_at,status,deliver_by,currency,sku,qty,price
    1,web,c1,ann@example.org,+49 30 123,2026-03-01 10:00,2026-03-02 10:00,2026-03-04 10:00,delivered,2026-03-05 00:00,EUR,TEA,2,12.50
    2,天猫旗舰店,c2,,,2026-03-02 10:00,2026-03-03 10:00,2026-03-09 10:00,delivered,2026-03-05 00:00,EUR,MUG,1,8.00
    3,web,c1,ann@example.org,,2026-03-03 10:00,,,placed,2026-03-06 00:00,EUR,TEA,1,12.50

    """

  /// A store with three orders.
  static func filled() throws -> TestFolder {
    let folder = try TestFolder()
    folder.run("init", "--tz", "UTC", "--currency", "EUR")
    let file = try folder.write(csv, "orders.csv")
    let outcome = folder.run("import", file, "--map", mapping)
    precondition(outcome.status == 0, outcome.errors)
    return folder
  }
}
