import Testing

struct OrderExpiryTests {
  @Test func `an order that nobody paid in time ends when its time was over, and frees what it held`() throws {
    let folder = try TestFolder.filled()
    folder.run("inventory", "receive", "TEA", "5", "--location", "north")
    let put = ["order", "put", "--profile", "simple", "--line", "TEA:2:12.50"]
    folder.run(put + ["10", "--at", "2026-03-20T10:00:00Z"])
    folder.run("inventory", "reserve", "--order", "10", "--location", "north", "--at", "2026-03-20T10:00:00Z")
    folder.run(put + ["11", "--at", "2026-03-20T10:00:00Z"])
    folder.run("order", "pay", "11", "25.00", "--at", "2026-03-20T11:00:00Z")
    folder.run(put + ["12", "--channel", "pos", "--at", "2026-03-20T10:00:00Z"])
    #expect(folder.run("order", "expire", "--as-of", "2026-03-21T10:00:00Z").output == "0 orders expired\n")
    #expect(folder.run("order", "expire", "--channel", "shop", "--as-of", "2026-03-25").output == "1 orders expired\n")
    let track = folder.run("track", "10", "--format", "csv", "--columns", "node,occurred_at,actor").output
    #expect(track.hasSuffix("expired,2026-03-21T10:00:00.000Z,system:expiry\n"), "\(track)")
    let stock = folder.run("inventory", "get", "TEA", "--format", "csv", "--no-header").output
    #expect(stock.hasPrefix("TEA,north,5,0,0,5,"))
    // Order 3 of the import is unpaid, too, but another system runs it; 12 was of another channel.
    #expect(folder.run("order", "expire", "--as-of", "2026-03-25").output == "1 orders expired\n")
    #expect(folder.run("order", "expire", "--as-of", "2026-03-25").output == "0 orders expired\n")
    #expect(folder.run("verify").status == 0)
  }

  @Test func `orders are found by the node they passed and by who did it, within a span`() throws {
    let folder = try TestFolder.filled()
    folder.run("record", "3", "paid", "--actor", "ann", "--at", "2026-03-05T10:00:00Z")
    func numbers(_ options: String...) -> String {
      let outcome = folder.run(["find", "--format", "csv", "--no-header", "--columns", "number"] + options)
      return outcome.output.split(separator: "\n").joined(separator: " ")
    }
    #expect(numbers("--node", "delivered") == "1 2")
    #expect(numbers("--node", "delivered", "--since", "2026-03-05") == "2")
    #expect(numbers("--node", "delivered", "--until", "2026-03-04T10:00:00Z") == "")
    #expect(numbers("--node", "placed", "--since", "2026-03-02") == "2 3")
    #expect(numbers("--actor", "ann") == "3")
    #expect(numbers("--actor", "ann", "--node", "delivered") == "")
    #expect(numbers("--actor", "nobody") == "")
    #expect(folder.run("find", "--node", "nowhere").status == 64)
    #expect(folder.run("find", "1", "--node", "paid").status == 64)
  }
}
