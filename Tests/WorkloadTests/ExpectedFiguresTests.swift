import OrderModel
import Testing
import Workload

/// The auditor against a recount from the written file, which shares no code with it.
struct ExpectedFiguresTests {
  @Test(.tags(.differential), arguments: [ShopProfile.corner, .year], [1, 42] as [UInt64])
  func `the auditor and a recount of the written rows agree`(profile: ShopProfile, seed: UInt64) throws {
    var profile = profile
    profile.defects = 100
    let shop = Shop(profile: profile, seed: Seed(seed))
    let stream = shop.orders(4_000)
    let figures = ExpectedFigures(of: stream)
    // Which rows are bad only the stream knows; a recount would judge them as an importer does.
    let table = try WrittenTable(stream.filter { $0.defect == nil }, of: shop)

    var orders: [String: [String: String]] = [:]
    var (units, gmv, cancelledValue) = (0, 0, 0)
    for row in table.rows {
      orders[row["order_no"]!] = row
      let value = Int(row["qty"]!)! * WrittenTable.fen(row["list_price"]!)
      units += Int(row["qty"]!)!
      gmv += value
      if row["status"] == "cancelled" { cancelledValue += value }
    }
    #expect(figures.orders == orders.count)
    #expect(figures.orders + figures.defects == 4_000)
    #expect(figures.lines == table.rows.count)
    #expect(figures.units == units)
    #expect(figures.gmv == gmv)
    #expect(figures.gross == gmv - cancelledValue)
    #expect(figures.guestOrders == orders.values.count { $0["customer"] == "" })
    #expect(figures.open == orders.values.count { $0["status"] != "cancelled" && $0["delivered_at"] == "" })
    for side in Side.allCases {
      #expect(figures.cancelledBySide[side, default: 0] == orders.values.count { $0["cancel_side"] == side.name })
    }
    for channel in shop.channels {
      #expect(
        figures.ordersByChannel[channel.name, default: 0] == orders.values.count { $0["channel"] == channel.name })
    }
    for node in Node.allCases {
      #expect(figures.ordersByStatus[node, default: 0] == orders.values.count { $0["status"] == node.name })
      let reached = orders.values.count { $0[node.name + "_at", default: ""] != "" }
      if node.isKeyNode { #expect(figures.reached[node, default: 0] == reached) }
    }
    #expect(figures.discount == orders.values.reduce(0) { $0 + WrittenTable.fen($1["discount"]!) })
    #expect(figures.shipping == orders.values.reduce(0) { $0 + WrittenTable.fen($1["shipping"]!) })
    #expect(figures.tax == orders.values.reduce(0) { $0 + WrittenTable.fen($1["tax"]!) })
    recountTimes(of: orders.values.map { $0 }, against: figures)
  }

  private func recountTimes(of orders: [[String: String]], against figures: ExpectedFigures) {
    var (processing, fulfilment, onTime) = (
      ExpectedFigures.Ratio(), ExpectedFigures.Ratio(), ExpectedFigures.Ratio()
    )
    var purchases: [String: Int] = [:]
    for row in orders {
      let placed = WrittenTable.seconds(row["placed_at"]!)
      if row["released_at"] != "" {
        processing.numerator += Int64(WrittenTable.seconds(row["released_at"]!) - placed) * 1_000
        processing.denominator += 1
      }
      if row["delivered_at"] != "" {
        fulfilment.numerator += Int64(WrittenTable.seconds(row["delivered_at"]!) - placed) * 1_000
        fulfilment.denominator += 1
        if row["deliver_by"] != "" {
          onTime.denominator += 1
          if row["delivered_at"]! <= row["deliver_by"]! { onTime.numerator += 1 }
        }
      }
      if row["customer"] != "" && row["status"] != "cancelled" { purchases[row["customer"]!, default: 0] += 1 }
    }
    #expect(figures.processingTime == processing)
    #expect(figures.fulfilmentTime == fulfilment)
    #expect(figures.onTimeDelivery == onTime)
    #expect(
      figures.repeatEver == ExpectedFigures.Ratio(Int64(purchases.values.count { $0 >= 2 }), Int64(purchases.count)))
    #expect((25...70).contains(figures.repeatEver.numerator * 100 / figures.repeatEver.denominator))
  }

  @Test func `no orders give zeros`() {
    let figures = ExpectedFigures(of: Shop(profile: .corner, seed: Seed(1)).orders(0))
    #expect(figures == ExpectedFigures())
    #expect(figures.repeatEver == ExpectedFigures.Ratio(0, 0))
  }
}

extension Tag {
  @Tag static var differential: Self
}
