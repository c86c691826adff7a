internal import ArgumentParser
internal import OrderStore

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a store.",
    discussion: "Zone, currency and scales hold for good: days are cut in the zone unless --tz says otherwise.")

  @OptionGroup var store: StoreOptions

  @Argument(help: "The file to make; --store by default.")
  var file: String?

  @Option(help: "Time zone of the shop's days.")
  var tz = "UTC"

  @Option(help: "Currency of stock values, ISO 4217.")
  var currency = "EUR"

  @Option(name: .customLong("scale"), help: "Decimal places of a currency, as GBP=3; repeatable.")
  var scales: [String] = []

  @Option(name: .customLong("week-start"), help: "ISO weekday a week begins on; 1 is Monday.")
  var weekStart = 1

  func run() throws {
    let path = try file ?? store.path()
    _ = try TimeOptions.rules(tz)
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
      throw CommandFailure("OB1102", "'\(currency)' is no currency code", hint: "three capital letters, such as EUR")
    }
    guard (1...7).contains(weekStart) else {
      throw CommandFailure("OB1102", "week start \(weekStart) is no weekday", hint: "1 is Monday, 7 is Sunday")
    }
    var settings = StoreSettings(timeZone: tz, currency: currency, weekStart: weekStart)
    for text in scales {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let scale = Int(parts[1]), (0...9).contains(scale) else {
        throw CommandFailure("OB1102", "scale '\(text)' cannot be read", hint: "write it as GBP=3")
      }
      settings.scales[String(parts[0])] = scale
    }
    do throws(StoreError) {
      var options = OrderStore.Options()
      options.mapSizeBytes = nil
      let made = try OrderStore.create(path: path, settings: settings, options: options)
      try made.close()
    } catch { throw CommandFailure(making: path, error) }
    Invocation.current.report("made \(path) (\(tz), \(currency))")
  }
}
