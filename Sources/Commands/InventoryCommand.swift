internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory", abstract: "Stock: what there is, what moves.",
    subcommands: [
      Get.self, Receive.self, Expect.self, Adjust.self, Count.self, Block.self, Presale.self, Transfer.self,
      Reserve.self, Release.self, Ship.self, ShortPick.self, Claim.self, Unclaim.self, Expire.self,
      AvailableToPromise.self, History.self, Kit.self, Cap.self, Caps.self,
    ])

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What each location has of SKUs, or of all.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "SKUs; all without one.") var skus: [String] = []

    func run() throws {
      let opened = try store.open(readOnly: true)
      let snapshot = try StoreAccess.snapshot(of: opened)
      var levels: [StockLevel] = []
      do throws(StoreError) {
        if skus.isEmpty { levels = try snapshot.stock() }
        for sku in skus {
          guard let found = try snapshot.stock(sku: sku) else { throw StoreError.refused(.unknownSKU(sku)) }
          levels += found
        }
      } catch { throw CommandFailure(error) }
      try output.write(OrderTables.stock(levels, settings: opened.settings))
    }
  }

  struct Receive: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Goods arrived.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @Option(help: "Cost of one unit, as 12.50.") var cost: String?
    @Flag(help: "These were expected: of a transfer, or as inventory expect said.") var expected = false
    @Option(help: "When; now by default.") var at: String?
    @Option(name: .customLong("key"), help: "Idempotency key.") var key: String?
    @OptionGroup var dryRun: DryRunOption

    func run() throws {
      let opened = try store.open(readOnly: false)
      let zone = try time.zone(for: opened.settings)
      let scale = opened.settings.scale(of: opened.settings.currency)
      let receipt = try StoreAccess.submit(
        .receive(
          StockReceipt(
            sku: sku, location: location, quantity: quantity,
            unitCostMinorUnits: try cost.map { try StoreAccess.amount($0, scale: scale) },
            occurredAt: try StoreAccess.instant(at, zone: zone), wasExpected: expected)), key: key, to: opened,
        dryRun: dryRun)
      if receipt == nil { return }
      Invocation.current.write("received \(quantity) of \(sku) at \(location)\n")
    }
  }

  struct Adjust: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Correct what is on hand.", discussion: "A negative quantity stands behind --: adjust SKU-1 -- -3")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @Argument(help: "The SKU.") var sku: String
    @Argument(help: "Units, positive or negative.") var quantity: Int64
    @Option(help: "Where.") var location: String
    @Option(help: "Why.") var reason: String?
    @Option(help: "When; now by default.") var at: String?
    @Option(name: .customLong("key"), help: "Idempotency key.") var key: String?
    @OptionGroup var dryRun: DryRunOption

    func run() throws {
      let opened = try store.open(readOnly: false)
      let zone = try time.zone(for: opened.settings)
      let receipt = try StoreAccess.submit(
        .adjust(
          StockAdjustment(
            sku: sku, location: location, quantity: quantity, reason: reason,
            occurredAt: try StoreAccess.instant(at, zone: zone))), key: key, to: opened, dryRun: dryRun)
      if receipt == nil { return }
      Invocation.current.write("adjusted \(sku) at \(location) by \(quantity)\n")
    }
  }

  /// Options of commands on an order's stock.
  struct Operation: ParsableArguments {
    @Option(name: .customLong("order"), help: "The order's number.") var number: String
    @Option(help: "The channel, when several have the number.") var channel: String?
    @Option(name: .customLong("line"), help: "SKU:QUANTITY, repeatable; everything possible by default.")
    var lines: [String] = []
    @Option(help: "Where.") var location: String = ""
    @Option(help: "The leg; the order as a whole by default.") var leg: UInt8 = 0
    @Option(help: "Who did it.") var actor: String?
    @Option(help: "When; now by default.") var at: String?
    @Option(name: .customLong("key"), help: "Idempotency key.") var key: String?
    @OptionGroup var dryRun: DryRunOption

    func submit(
      _ verb: String, _ command: (StockOperation) -> Command, store: StoreOptions, time: TimeOptions
    ) throws {
      let opened = try store.open(readOnly: false)
      let zone = try time.zone(for: opened.settings)
      let submitted = try StoreAccess.submit(
        command(
          StockOperation(
            order: .number(number, channel: channel), location: location,
            lines: try lines.map(StoreAccess.lineQuantity), occurredAt: try StoreAccess.instant(at, zone: zone),
            actor: actor, leg: leg)),
        key: key, to: opened, dryRun: dryRun)
      guard let receipt = submitted else { return }
      Invocation.current.write(
        receipt.outcome == .unchanged
          ? "\(number): nothing to do\n" : "\(verb) stock of \(number) at sequence \(receipt.sequence)\n")
    }
  }

  struct Reserve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Promise units to an order, all or nothing.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var operation: Operation
    func run() throws { try operation.submit("reserved", Command.reserve, store: store, time: time) }
  }

  struct Release: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take promised units back.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var operation: Operation
    func run() throws { try operation.submit("released", Command.release, store: store, time: time) }
  }

  struct Ship: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Promised units leave the location.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var operation: Operation
    func run() throws { try operation.submit("shipped", Command.ship, store: store, time: time) }
  }

  struct ShortPick: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "short-pick", abstract: "Promised units are not where they should be: they wait again.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var operation: Operation
    func run() throws { try operation.submit("short-picked", Command.shortPick, store: store, time: time) }
  }
}
