internal import ArgumentParser
internal import Glibc
internal import Workload

struct LoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Test data.", subcommands: [Generate.self])

  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gen", abstract: "A shop's year as CSV for Tools/mappings/generic.toml.",
      discussion: "The same profile, seed and number of orders give the same bytes everywhere.")
    @Option(help: "How many orders.") var orders = 200_000
    @Option(help: "The seed.") var seed: UInt64 = 42
    @Option(help: "year, festival or corner.") var profile = "year"
    @Option(name: [.customShort("o"), .long], help: "The file to make.") var output: String

    func run() throws {
      guard orders >= 0, let profile = ShopProfile(name: profile) else {
        throw CommandFailure(
          "OB1102", "no such profile or number", hint: "profiles: \(ShopProfile.all.map(\.name).joined(separator: ", "))")
      }
      let shop = Shop(profile: profile, seed: Seed(seed))
      let descriptor = unsafe open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw CommandFailure("OB2003", "\(output) cannot be written") }
      defer { close(descriptor) }
      var rows = 0
      try GenericCSV.write(shop.orders(orders), of: shop) { bytes in
        var start = 0
        while start < bytes.count {
          let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe write(descriptor, buffer.baseAddress! + start, bytes.count - start)
          }
          guard count > 0 else { throw CommandFailure("OB4108", "the disk of '\(output)' is full") }
          start += count
        }
        rows += bytes.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
      }
      Invocation.current.report("\(ImportSummary.grouped(orders)) orders in \(ImportSummary.grouped(rows - 1)) rows: \(output)")
    }
  }
}
