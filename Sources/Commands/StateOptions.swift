internal import Analytics
internal import ArgumentParser
internal import Calendars
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// The two clocks of an answer: what has happened (`--as-of`), and what the store knew (`--at`).
struct StateOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: "Events before this instant have happened; deadlines and ages are judged at it. A date is its first instant.")
  var asOf: String?

  @Option(help: "What the store knew at this sequence or time; the newest by default.")
  var at: String?

  /// The state asked for, and the instant to judge it at.
  func state(of store: OrderStore, zone: TimeZoneRules) throws -> (snapshot: OrderSnapshot, asOf: KPIRequest.AsOf) {
    let given: KPIRequest.AsOf? = asOf.map { .text($0) }
    guard let at else { return (try StoreAccess.snapshot(of: store), given ?? .now) }
    let directory = Invocation.current.temporaryDirectory
    // Digits alone are a sequence, unless they read as a year of this century.
    let sequence = at.count == 4 && at.hasPrefix("20") ? nil : UInt64(at)
    let moment = sequence == nil ? try StoreAccess.instant(at, zone: zone) : nil
    do throws(StoreError) {
      if let sequence { return (try store.snapshot(at: sequence, temporaryDirectory: directory), given ?? .now) }
      let snapshot = try store.snapshot(recordedBy: moment!, temporaryDirectory: directory)
      return (snapshot, given ?? .instant(moment!.milliseconds))
    } catch { throw CommandFailure(error) }
  }
}
