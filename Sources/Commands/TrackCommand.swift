internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct TrackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "The timeline of orders, and what is late.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var time: TimeOptions
  @Argument(help: "Order numbers; - reads them from standard input.") var numbers: [String]
  @Option(help: "The channel, when several have the number.") var channel: String?
  @Flag(help: "Number every entry, voided ones too, as order void wants them.") var entries = false
  @Option(name: .customLong("as-of"), help: "Judge promises at this instant; now by default.") var asOf: String?

  func run() throws {
    let opened = try store.open(readOnly: true)
    let zone = try time.zone(for: opened.settings)
    let snapshot = try StoreAccess.snapshot(of: opened)
    var orders: [StoredOrder] = []
    for number in StoreAccess.expanded(numbers) {
      orders.append(try StoreAccess.order(number, channel: channel, in: snapshot))
    }
    let instant = try StoreAccess.instant(asOf, zone: zone).milliseconds
    try output.write(
      OrderTables.timeline(of: orders, asOf: instant, zone: zone, settings: opened.settings, allEntries: entries),
      zone: zone)
  }
}
