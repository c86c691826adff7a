internal import ArgumentParser
internal import Columns
internal import OrderModel
internal import OrderStore
internal import Reports

/// What the orders of a channel may hold of a SKU.
extension InventoryCommand {
  struct Cap: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The most units that the orders of a channel may hold at a time.",
      discussion: "Reserved and presold units count, those in kits too. What is held already stays.")
    @Argument(help: "The SKU.") var sku: String
    @Option(help: "The channel.") var channel: String
    @Option(help: "Units; without it the cap is lifted.") var units: Int64?
    @Option(help: "At one location; all together by default.") var location: String?
    @OptionGroup var act: ActOptions
    func run() throws {
      let place = location.map { " at \($0)" } ?? ""
      let done = units.map { "\(channel) may hold \($0)\(place)" } ?? "no cap for \(channel)\(place)"
      try act.submit(sku, done) {
        .cap(ChannelCap(sku: sku, location: location, channel: channel, units: units, occurredAt: $0.instant))
      }
    }
  }

  struct Caps: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The caps of channels, and what each has taken.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let opened = try store.open(readOnly: true)
      let snapshot = try StoreAccess.snapshot(of: opened)
      var table = Table(
        title: "",
        columns: [
          Column("sku", type: .text, isKey: true), Column("location", type: .text, isKey: true),
          Column("channel", type: .text, isKey: true), Column("cap", type: .integer, unit: "units"),
          Column("taken", type: .integer, unit: "units"),
        ], rows: [], meta: Metadata(), notes: [])
      do throws(StoreError) {
        for cap in try snapshot.caps() {
          table.append([
            .text(cap.sku), cap.location.isEmpty ? .null : .text(cap.location), .text(cap.channel),
            .integer(cap.units), .integer(cap.taken),
          ])
        }
      } catch { throw CommandFailure(error) }
      try output.write(table)
    }
  }
}
