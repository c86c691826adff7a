import Foundation
import ShopTrial

/// The long runs of the tests of the whole store, and the processes of a race.
@main
struct Main {
  static let usage = """
    shop-trial model SEEDS COMMANDS [FIRST-SEED]   random commands against the model
    shop-trial race winners|churn ATTEMPTS PROCESSES TASKS KILLS   processes want the last units
    """

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let numbers = arguments.compactMap { Int($0) }
    switch arguments.first {
    case "model" where numbers.count >= 2:
      try model(seeds: numbers[0], commands: numbers[1], first: numbers.count > 2 ? numbers[2] : 1)
    case "race" where numbers.count == 4:
      try race(RaceKind(rawValue: arguments[1]) ?? .churn, numbers)
    case "race-worker":
      guard let worker = RaceWorker(arguments: Array(arguments.dropFirst())) else { exit(64) }
      try worker.run()
    default:
      print(usage)
      exit(64)
    }
  }

  static func model(seeds: Int, commands: Int, first: Int) throws {
    let start = Date.now
    let seeds = UInt64(first)..<UInt64(first + seeds)
    let (accepted, differences) = try ModelRun.run(seeds: seeds, commands: commands) { tell($0) }
    print(accepted.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    let seconds = Int(Date.now.timeIntervalSince(start))
    print(
      "\(seeds.count) seeds, \(seeds.count * commands) commands, \(accepted.values.reduce(0, +)) of them changed something; "
        + "\(differences) differences; \(seconds) s")
    exit(differences == 0 ? 0 : 1)
  }

  /// Prints at once, also into a file.
  static func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  static func race(_ kind: RaceKind, _ numbers: [Int]) throws {
    let start = Date.now
    var race = StockRace(
      tool: URL(filePath: CommandLine.arguments[0]), directory: FileManager.default.temporaryDirectory.path, kind: kind,
      attempts: numbers[0])
    (race.processes, race.tasks, race.kills) = (numbers[1], numbers[2], numbers[3])
    let outcome = try race.run()
    for finding in outcome.findings { print(finding) }
    print(
      "\(outcome.attempts) attempts, \(outcome.won) units won, \(outcome.kills) kills, \(outcome.snapshots) snapshots, "
        + "\(outcome.movements) movements replayed; \(outcome.received) received, \(outcome.shipped) shipped, "
        + "\(outcome.onHand) on hand, \(outcome.reserved) reserved; \(outcome.findings.count) findings; "
        + "\(Int(Date.now.timeIntervalSince(start))) s")
    exit(outcome.findings.isEmpty ? 0 : 1)
  }
}
