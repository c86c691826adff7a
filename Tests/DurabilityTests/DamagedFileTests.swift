import Foundation
import Testing

@Suite(.serialized)
struct DamagedFileTests {
  /// What the tool says of the whole content: orders with lines, timelines, customers' orders, figures.
  private func content(_ store: String) throws -> String {
    var text = ""
    for arguments in [
      ["order", "list", "--limit", "100000", "--format", "csv"], ["changes"], ["inventory", "get", "--format", "csv"],
      ["kpi", "--all", "--as-of", "2026-01-01", "--format", "csv"],
    ] {
      let result = try ToolProcess.run(["--store", store] + arguments)
      text += "\(result.status)\n\(result.output)"
    }
    return text
  }

  @Test func `a damaged byte is reported, or changes nothing that can be asked`() throws {
    let shop = try ShopFolder(orders: 300)
    let store = try shop.store("sound.orders")
    try ToolProcess.run(shop.importArguments(store))
    let stock = [
      "--store", store, "inventory", "receive", "SKU-00001", "40", "--location", "SH-1", "--at", "2025-01-01",
    ]
    #expect(try ToolProcess.run(stock).status == 0)
    let sound = try ShopFolder.verify(store)
    #expect(sound.status == 0)
    let expected = try content(store)
    let bytes = try Data(contentsOf: URL(filePath: store))

    let seed: UInt64 = 97
    var random = Seeded(seed)
    var (reported, harmless) = (0, 0)
    let damaged = shop.url.appending(path: "damaged.orders")
    for round in 0..<(250 * longFactor) {
      var copy = bytes
      let position = Int.random(in: 0..<bytes.count, using: &random)
      copy[position] ^= UInt8.random(in: 1...255, using: &random)
      try copy.write(to: damaged)
      try? FileManager.default.removeItem(atPath: damaged.path + "-lock")
      let result = try ShopFolder.verify(damaged.path)
      if result.status != 0 {
        reported += 1
        #expect(result.status == 6, "seed \(seed), round \(round), byte \(position): \(result.output)")
      } else {
        harmless += 1
        // A clean bill is only right when every answer is what it was.
        #expect(result.values["content_hash"] == sound.values["content_hash"])
        if harmless <= 25 {
          #expect(try content(damaged.path) == expected, "seed \(seed), round \(round), byte \(position)")
        }
      }
    }
    #expect(reported > 0)
    print("\(reported) damages reported, \(harmless) harmless, 0 missed")
  }
}
