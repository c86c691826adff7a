import OrderModel
import OrderStore
import Testing

/// Names of any script, up to 64 KiB, byte for byte.
struct TextTests {
  static let texts: [String] = [
    "订单-２０２５", "طلب ٤٢", "Заказ №7", "🧧🏮👨‍👩‍👧‍👦", "क्षत्रिय", "\u{0}\u{1}\u{7F}", "a\nb\tc", " ", "e\u{301}",
    String(repeating: "字", count: 21_845) + "x",
    String(repeating: "𝔘", count: 16_384),
  ]

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `every text comes back as it was told and is found by`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    for text in Self.texts {
      var placed = order(text, [NewLine(sku: text, quantity: 1, unitPriceMinorUnits: 1, location: text)], in: text)
      placed.customer = CustomerIdentity(key: text, name: text, email: text + "@", grade: text)
      (placed.note, placed.region, placed.type, placed.sourceStatus) = (text, text, text, text)
      // What is told must fit: the e-mail is one byte longer.
      if text.utf8.count == 65_536 { placed.customer?.email = nil }
      try shop.submit(.place(placed), key: text)
    }
    for _ in 0..<2 {
      let snapshot = try shop.store.snapshot()
      for (row, text) in Self.texts.enumerated() {
        let id = OrderID(rawValue: UInt32(row))
        #expect(try snapshot.orders(number: text, channel: text) == [id])
        #expect(try snapshot.orders(customer: text) == [id])
        let stored = try #require(try snapshot.order(id))
        for found in [
          stored.number, stored.channel, stored.note, stored.region, stored.type, stored.sourceStatus, stored.grade,
          stored.customer ?? "", stored.lines[0].sku, stored.lines[0].location,
        ] { #expect(found.utf8.elementsEqual(text.utf8)) }
      }
      #expect(try shop.verify().findings == [])
      try shop.reopen()
    }
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `two spellings that look alike are two names, folded or not`(lag: OrderStore.Options.Lag) throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed, "equal to Swift")
    let shop = try TestShop(lag)
    let first = try shop.place(composed, [line(composed, 1)], in: composed)
    let second = try shop.place(decomposed, [line(decomposed, 1)], in: decomposed)
    #expect(first != second)
    let snapshot = try shop.store.snapshot()
    #expect(try snapshot.orders(number: composed) == [first])
    #expect(try snapshot.orders(number: decomposed, channel: decomposed) == [second])
    #expect(try snapshot.orders(number: decomposed, channel: composed) == [])
    #expect(snapshot.wordCount(.sku) == 2 && snapshot.wordCount(.channel) == 2)
    // A reservation takes units of the SKU it names alone.
    try shop.receive(composed, 5)
    try shop.receive(decomposed, 5)
    #expect(
      try shop.refusal(
        of: .reserve(
          StockOperation(
            order: .id(first), location: "north", lines: [LineQuantity(sku: decomposed, quantity: 1)],
            occurredAt: instant(1))))
        == .tooManyUnits(sku: decomposed, requested: 1, possible: 0))
  }

  @Test func `a command larger than a commit is refused with its size, the largest is kept`() throws {
    let shop = try TestShop()
    func lines(_ count: Int) -> [NewLine] {
      (0..<count).map {
        NewLine(sku: "S", quantity: Int64($0 % 2) + 1, unitPriceMinorUnits: 1 << 45, listPriceMinorUnits: 1)
      }
    }
    let before = try shop.everything()
    guard case .commandTooLarge(let byteCount, let limit) = try shop.refusal(of: .place(order("L", lines(70_000))))
    else { return #expect(Bool(false), "a huge command was taken") }
    #expect(byteCount > limit && limit > 1_000_000)
    #expect(try shop.everything() == before)
    try shop.place("L", lines(50_000))
    try shop.place("M")
    // Two that fit only each by itself become two groups, in order.
    let results = try shop.store.submit(["N", "O", "P"].map { Submission(.place(order($0, lines(40_000)))) })
    #expect(try results.map { try $0.get().sequence } == [3, 4, 5])
    try shop.reopen()
    #expect(try shop.stored("L").lines.count == 50_000 && shop.stored("P").lines.count == 40_000)
    #expect(try shop.verify().findings == [])
  }

  @Test func `texts of 64 KiB from many commands fill groups without loss`() throws {
    let shop = try TestShop()
    let text = String(repeating: "箱", count: 21_000)
    let results = try shop.store.submit(
      (0..<100).map { number in
        var placed = order("\(number)-\(text)")
        placed.note = "\(text)\(number)"
        return Submission(.place(placed))
      })
    let sequences = try results.map { try $0.get().sequence }
    #expect(sequences == sequences.sorted() && sequences.last! > 10)
    #expect(try shop.stored("77-\(text)").note == "\(text)77")
    try shop.reopen()
    #expect(try shop.stored("99-\(text)").note == "\(text)99")
  }
}
