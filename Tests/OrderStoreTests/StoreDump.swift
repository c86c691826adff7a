import Columns
import OrderModel
import OrderStore

/// Everything a snapshot answers, as lines to be compared.
enum StoreDump {
  static func lines(of snapshot: OrderSnapshot) throws -> [String] {
    var lines = ["sequence \(snapshot.sequence)"]
    lines += try content(of: snapshot)
    return lines
  }

  /// As ``lines(of:)``, without how it came into groups.
  static func content(of snapshot: OrderSnapshot, sequences: Bool = true) throws -> [String] {
    var lines = [
      "\(snapshot.orderCount) \(snapshot.lineCount) \(snapshot.eventCount) \(snapshot.movementCount)",
      "\(snapshot.paymentCount) \(snapshot.creditCount) \(snapshot.customerCount) \(snapshot.skuCount)",
    ]
    for list in Vocabulary.allCases where snapshot.wordCount(list) > 0 {
      for code in 1...Int64(snapshot.wordCount(list)) {
        let word = try snapshot.word(list, code)
        lines.append("\(list) \(code) \(word) \(try snapshot.code(list, word) ?? -1)")
      }
    }
    for row in 0..<snapshot.orderCount {
      let id = OrderID(rawValue: UInt32(row))
      guard var order = try snapshot.order(id) else { throw StoreError.damaged("order \(row) is not there") }
      let found = try snapshot.orders(number: order.number, channel: order.channel)
      if found != [id] { throw StoreError.damaged("order \(row) is found as \(found)") }
      if let key = order.customer {
        lines.append("\(key): \(try snapshot.orders(customer: key))")
      }
      if !sequences {
        order.sequence = 0
        for index in order.timeline.indices { order.timeline[index].sequence = 0 }
      }
      lines.append("\(order)")
    }
    for level in try snapshot.stock() { lines.append("\(level)") }
    lines += try batches(of: snapshot)
    return lines
  }

  static let orderFields: [OrderField] =
    [
      .placedAt, .channel, .region, .city, .type, .priority, .currency, .carrier, .location, .grade, .sourceStatus,
      .customer, .node, .observed, .cancelSide, .cancelReason, .shipBy, .deliverBy, .listValue, .lineValue, .discount,
      .shipping, .tax, .cancelledValue, .units, .cancelledUnits, .lineCount, .legCount, .paid, .errorCount, .firstActAt,
      .firstHumanActAt, .refunded, .holds, .openExceptions, .profile, .currentShipBy, .currentDeliverBy,
    ] + Node.allCases.map { .reached($0) } + Node.allCases.map { .firstReached($0) }

  private static func batches(of snapshot: OrderSnapshot) throws -> [String] {
    var lines: [String] = []
    for group in 0..<snapshot.orderGroupCount {
      let batch = try snapshot.orders(group: group, orderFields)
      for field in orderFields { lines.append("orders \(group) \(field): \(Array(batch[field]))") }
    }
    for group in 0..<snapshot.lineGroupCount {
      let fields: [LineField] = [
        .order, .sku, .category, .location, .quantity, .unitPrice, .listPrice, .cancelled, .backordered, .presold,
        .reserved, .shipped, .delivered, .lost, .returnedToOrigin, .returned, .restocked, .quarantined, .scrapped,
      ]
      let batch = try snapshot.lines(group: group, fields)
      for field in fields { lines.append("lines \(group) \(field): \(Array(batch[field]))") }
    }
    for group in 0..<snapshot.creditGroupCount {
      let fields: [CreditField] = [
        .occurredAt, .channel, .region, .currency, .reason, .customer, .order, .value, .units,
      ]
      let batch = try snapshot.credits(group: group, fields)
      for field in fields { lines.append("credits \(group) \(field): \(Array(batch[field]))") }
    }
    for group in 0..<snapshot.creditLineGroupCount {
      let fields: [CreditLineField] = [.credit, .sku, .category, .quantity, .unitPrice]
      let batch = try snapshot.creditLines(group: group, fields)
      for field in fields { lines.append("credit lines \(group) \(field): \(Array(batch[field]))") }
    }
    for group in 0..<snapshot.movementGroupCount {
      let fields: [MovementField] = [
        .occurredAt, .sku, .category, .location, .reason, .kind, .quantity, .onHandChange, .reservedChange,
        .valueChange,
        .order, .applied,
      ]
      let batch = try snapshot.movements(group: group, fields)
      for field in fields { lines.append("movements \(group) \(field): \(Array(batch[field]))") }
    }
    return lines
  }
}
