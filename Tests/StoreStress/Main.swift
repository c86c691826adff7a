import Foundation
import OrderStore

/// Loses the power, kills and fails the disk under a store, and looks at what is left. A test tool.
///
///     StoreStress explore MODE IMAGES [EXHAUSTIVE-PAGES SAMPLES COMMANDS SEED]
///     StoreStress lost-flushes MODE IMAGES-EACH [LIMIT STEP COMMANDS]
///     StoreStress boundaries MODE LIMIT [COMMANDS]
///     StoreStress kills COUNT [SEED]
///     StoreStress faults MODE LIMIT [COMMANDS]
///
/// MODE is commit, pipelined or unsynced. One line of figures; exit status 1 with violations, 77 without a C compiler.
@main
enum StoreStress {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func number(_ index: Int, _ standard: Int) -> Int {
      arguments.count > index ? Int(arguments[index]) ?? standard : standard
    }
    do {
      switch arguments.first {
      case "day":
        try DayCommand.run(
          store: arguments[1], acknowledgements: arguments[2], mode: arguments[3], count: number(4, 100),
          failedFlush: number(5, 0))
      case "images": try ExploreCommand.look(Array(arguments.dropFirst()))
      case "explore":
        let start = Date.now
        guard
          let outcome = try ExploreCommand.run(
            mode: arguments[1], images: number(2, 1_000), exhaustivePages: number(3, 4), samples: number(4, 8),
            count: number(5, 100), seed: UInt64(number(6, 1)))
        else { exit(77) }
        let seconds = Date.now.timeIntervalSince(start)
        report(arguments[1], outcome, seconds)
      case "lost-flushes":
        let start = Date.now
        guard
          let outcome = try ExploreCommand.loseFlushes(
            mode: arguments[1], imagesEach: number(2, 100), limit: number(3, 10_000), step: number(4, 1),
            count: number(5, 40))
        else { exit(77) }
        report(arguments[1], outcome, Date.now.timeIntervalSince(start))
      case "boundaries":
        guard
          let outcome = try BoundariesCommand.run(
            mode: arguments[1], limit: number(2, 300), count: number(3, 30))
        else { exit(77) }
        print(
          "\(arguments[1]): kills \(outcome.kills), whole day \(outcome.isComplete ? "yes" : "no"),",
          "violations \(outcome.violations.count)")
        for violation in outcome.violations.prefix(5) { print("  \(violation)") }
        exit(outcome.violations.isEmpty ? 0 : 1)
      case "load": try Load.run(store: arguments[1], mode: arguments[2], round: number(3, 0))
      case "kills":
        let outcome = try KillsCommand.run(count: number(1, 200), seed: UInt64(number(2, 1)))
        print(
          "kills \(outcome.kills), while opening \(outcome.whileOpening), acknowledged \(outcome.acknowledged),",
          "violations \(outcome.violations.count)")
        for violation in outcome.violations.prefix(5) { print("  \(violation)") }
        exit(outcome.violations.isEmpty ? 0 : 1)
      case "faults":
        exit(try FaultsCommand.run(mode: arguments[1], limit: number(2, 20), count: number(3, 20)))
      case "faults-here":
        let outcome = try FaultsCommand.runHere(
          directory: arguments[1], mode: arguments[2], limit: number(3, 20), count: number(4, 20))
        let errors = outcome.errors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print(
          "\(arguments[2]): faults \(outcome.faults), made good \(outcome.unnoticed),",
          "told as \(errors.joined(separator: ", ")), violations \(outcome.violations.count)")
        for violation in outcome.violations.prefix(5) { print("  \(violation)") }
        exit(outcome.violations.isEmpty ? 0 : 1)
      default:
        print("usage: StoreStress explore|boundaries|kills|faults …")
        exit(64)
      }
    } catch {
      print("\(error)")
      exit(1)
    }
  }

  private static func report(_ mode: String, _ outcome: ExploreCommand.Outcome, _ seconds: Double) -> Never {
    let violations = outcome.violations.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    print(
      "\(mode): days \(outcome.days), images \(outcome.images), torn \(outcome.tally.torn),",
      "moments \(outcome.tally.moments), exhausted \(outcome.tally.exhausted),",
      "violations \(outcome.violations.values.reduce(0, +))",
      violations.isEmpty ? "" : "(\(violations.joined(separator: ", ")))",
      "in \(Int(seconds * 10)) tenths of a second")
    for example in outcome.examples { print("  \(example)") }
    exit(outcome.violations.isEmpty ? 0 : 1)
  }
}
