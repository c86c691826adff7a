internal import ArgumentParser
internal import Workload

struct LoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Test data.", subcommands: [Generate.self])

  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gen", abstract: "A shop's year as CSV for Tools/mappings/generic.toml.",
      discussion: "The same profile, seed and number of orders give the same bytes everywhere.")
    @OptionGroup(visibility: .hidden) var store: StoreOptions
    @Option(help: "How many orders.") var orders = 200_000
    @Option(help: "The seed.") var seed: UInt64 = 42
    @Option(help: "year, festival or corner.") var profile = "year"
    @Option(name: [.customShort("o"), .long], help: "The file to make.") var output: String

    func run() throws {
      guard orders >= 0, let profile = ShopProfile(name: profile) else {
        throw CommandFailure(
          "OB1102", "no such profile or number",
          hint: "profiles: \(ShopProfile.all.map(\.name).joined(separator: ", "))")
      }
      let shop = Shop(profile: profile, seed: Seed(seed))
      var file = try OutputFile(output)
      var rows = 0
      try GenericCSV.write(shop.orders(orders), of: shop) { bytes in
        try file.write(bytes)
        rows += bytes.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
      }
      try file.finish()
      Invocation.current.report(
        "\(ImportSummary.grouped(orders)) orders in \(ImportSummary.grouped(rows - 1)) rows: \(output)")
    }
  }
}
