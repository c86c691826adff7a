internal import ArgumentParser
internal import OrderModel
internal import OrderStore

/// Options of every command that changes a store: when, who, why, and what makes a repetition harmless.
struct ActOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions
  @Option(help: "When; now by default.") var at: String?
  @Option(help: "Who did it.") var actor: String?
  @Option(help: "Why.") var reason: String?
  @Option(name: .customLong("key"), help: "Idempotency key: the same request again changes nothing.") var key: String?
  @Option(name: .customLong("if-version"), help: "Only if the order still has this version.") var ifVersion: UInt64?

  @OptionGroup var dryRun: DryRunOption

  /// What a command needs to be made.
  struct Context {
    var instant: Instant
    var settings: StoreSettings
    /// Reads an instant or a date.
    var reading: (String) throws -> Instant

    /// Reads an amount of the store's currency.
    func amount(_ text: String) throws -> Int64 {
      try StoreAccess.amount(text, scale: settings.scale(of: settings.currency))
    }
  }

  /// Makes the command, submits it and says what happened.
  func submit(_ subject: String, _ done: String, _ command: (Context) throws -> Command) throws {
    let opened = try store.open(readOnly: false)
    let zone = try time.zone(for: opened.settings)
    let context = Context(
      instant: try StoreAccess.instant(at, zone: zone), settings: opened.settings,
      reading: { try StoreAccess.instant($0, zone: zone) })
    let submitted = try StoreAccess.submit(
      try command(context), key: key, ifVersion: ifVersion, to: opened, dryRun: dryRun)
    guard let receipt = submitted else { return }
    let version = receipt.version == 0 ? "" : ", version \(receipt.version)"
    Invocation.current.write(
      receipt.outcome == .unchanged
        ? "\(subject): nothing new\(version)\n" : "\(subject): \(done) at sequence \(receipt.sequence)\(version)\n")
  }
}

/// An order named on the command line.
struct OrderArgument: ParsableArguments {
  @Argument(help: "The order's number.") var number: String
  @Option(help: "The channel, when several have the number.") var channel: String?

  var reference: OrderReference { .number(number, channel: channel) }
}

/// Units of an order named on the command line.
struct QuantityOptions: ParsableArguments {
  @Option(name: .customLong("line"), help: "SKU:QUANTITY, repeatable; everything possible by default.")
  var lines: [String] = []

  func quantities() throws -> [LineQuantity] { try lines.map(StoreAccess.lineQuantity) }
}
