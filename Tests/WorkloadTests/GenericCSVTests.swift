import OrderModel
import Testing
import Workload

struct GenericCSVTests {
  let shop = Shop(profile: .corner, seed: Seed(42))

  @Test func `the columns are those of the generic mapping, in order`() throws {
    let table = try WrittenTable(shop.orders(10), of: shop)
    #expect(table.header == GenericCSV.columns)
    #expect(
      GenericCSV.columns == [
        "order_no", "channel", "customer", "name", "phone", "email", "grade", "type", "region", "city", "carrier",
        "placed_at", "paid_at", "validated_at", "approved_at", "reserved_at", "allocated_at", "released_at",
        "picking_at", "picked_at", "packed_at", "labelled_at", "shipped_at", "in_transit_at", "out_for_delivery_at",
        "delivered_at", "status", "cancel_side", "cancel_reason", "cancelled_at", "ship_by", "deliver_by", "currency",
        "discount", "shipping", "tax", "sku", "category", "qty", "price", "list_price", "location",
      ])
  }

  @Test func `the same seed gives the same bytes whatever the size of the pieces`() {
    var (whole, pieces): ([UInt8], [[UInt8]]) = ([], [])
    GenericCSV.write(shop.orders(300), of: shop) { whole += $0 }
    GenericCSV.write(shop.orders(300), of: shop, chunkByteCount: 1_000) { pieces.append($0) }
    #expect(pieces.count > 50)
    #expect(Array(pieces.joined()) == whole)
    // FNV-1a of the file: any machine must come to the same.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in whole { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    #expect(hash == 12_289_883_995_771_346_674)
  }

  @Test func `an order of several lines repeats its columns and every row is whole`() throws {
    let orders = Array(shop.orders(500))
    let table = try WrittenTable(orders, of: shop)
    var rows = table.rows.makeIterator()
    for order in orders {
      for line in order.order.lines {
        let next = rows.next()
        let row = try #require(next)
        #expect(row["order_no"] == order.order.number)
        #expect(row["name"] == order.order.customer?.name ?? "")
        #expect(row["sku"] == line.sku)
        #expect(row["qty"] == String(line.quantity))
        #expect(Int64(WrittenTable.fen(row["price"]!)) == line.unitPriceMinorUnits)
        #expect(row["location"] == order.location)
        #expect(row["status"] == order.status.name)
      }
    }
    #expect(rows.next() == nil)
  }

  @Test(arguments: ["Smith, John", "Zoë \"Zo\" Müller", "two\nlines", "\"", "王秀英", ""])
  func `names with commas, quotes and line ends come through`(name: String) throws {
    var order = try #require(shop.orders(50).first { $0.order.customer != nil })
    order.order.customer?.name = name
    #expect(try WrittenTable([order], of: shop).rows[0]["name"] == name)
  }

  @Test func `instants are written on the clock of the shop`() throws {
    var order = try #require(shop.orders(1).first { _ in true })
    order.order.placedAt = Instant(milliseconds: 1_762_790_399_000)
    let table = try WrittenTable([order], of: shop)
    #expect(table.rows[0]["placed_at"] == "2025-11-10 23:59:59")
  }

  @Test(arguments: Defect.allCases)
  func `a defect spoils its column and no other`(defect: Defect) throws {
    let order = try #require(shop.orders(50).first { $0.order.lines.count == 1 })
    var spoilt = order
    spoilt.defect = defect
    let (good, bad) = (try WrittenTable([order], of: shop).rows[0], try WrittenTable([spoilt], of: shop).rows[0])
    let differing = good.keys.filter { good[$0] != bad[$0] }
    let column =
      switch defect {
      case .price: "price"
      case .placedAt: "placed_at"
      case .orderNumber: "order_no"
      case .quantity: "qty"
      case .status: "status"
      }
    #expect(differing == [column])
  }

  @Test func `a sink that fails stops the writing`() {
    struct Full: Error {}
    var calls = 0
    #expect(throws: Full.self) {
      try GenericCSV.write(shop.orders(300), of: shop, chunkByteCount: 1_000) { _ throws(Full) in
        calls += 1
        if calls == 2 { throw Full() }
      }
    }
    #expect(calls == 2)
  }
}
