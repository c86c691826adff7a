import Foundation

/// The tool as a process of its own, built beside the tests.
struct ToolProcess {
  struct Result {
    var output: String
    var status: Int32
    /// Whether a signal ended it.
    var isKilled: Bool
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let tool: URL = {
    var folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
    while folder.path != "/" {
      let candidate = folder.appending(path: "orderbase")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return URL(filePath: "/nonexistent/orderbase")
  }()

  /// Starts the tool; the caller waits or kills.
  static func start(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return (process, pipe)
  }

  @discardableResult
  static func run(_ arguments: [String]) throws -> Result {
    let (process, pipe) = try start(arguments)
    return finish(process, pipe)
  }

  static func finish(_ process: Process, _ pipe: Pipe) -> Result {
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: data, as: UTF8.self), status: process.terminationStatus,
      isKilled: process.terminationReason == .uncaughtSignal)
  }
}

/// A directory with a generated shop in it, removed with its owner.
final class ShopFolder {
  let url: URL
  let csv: String
  static let mapping = ToolProcess.root.appending(path: "Tools/mappings/generic.toml").path

  init(orders: Int, seed: Int = 7) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "orderbase-durability-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    csv = url.appending(path: "shop.csv").path
    let made = try ToolProcess.run(["load", "gen", "--orders", "\(orders)", "--seed", "\(seed)", "-o", csv])
    precondition(made.status == 0, made.output)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A new empty store.
  func store(_ name: String) throws -> String {
    let path = url.appending(path: name).path
    try ToolProcess.run(["--store", path, "init", "--tz", "Asia/Shanghai", "--currency", "CNY"])
    return path
  }

  func importArguments(_ store: String) -> [String] {
    ["--store", store, "import", csv, "--map", Self.mapping, "--tz", "+08:00", "-q"]
  }

  /// What `verify` says: its exit status and its values by name.
  static func verify(_ store: String) throws -> (status: Int32, values: [String: String], output: String) {
    let result = try ToolProcess.run(["--store", store, "verify", "--format", "tsv"])
    var values: [String: String] = [:]
    for line in result.output.split(separator: "\n") {
      let cells = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      if cells.count == 2, values[String(cells[0])] == nil { values[String(cells[0])] = String(cells[1]) }
    }
    return (result.status, values, result.output)
  }
}

/// Numbers from a printed seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// How long the long forms run: `ORDERBASE_LONG=10` means ten times the budget of CI.
let longFactor = Int(ProcessInfo.processInfo.environment["ORDERBASE_LONG"] ?? "1") ?? 1
