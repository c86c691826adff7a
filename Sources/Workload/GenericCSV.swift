import OrderModel

/// Writes orders as the generic CSV: UTF-8, a header, one row per line of an order, LF.
///
/// An order of several lines repeats its columns. Instants are `yyyy-MM-dd HH:mm:ss` on the shop's clock (a fixed offset
/// from UTC, +08:00 in all named profiles), money is decimal text with two places, an absent value is empty. Fields with
/// a comma, a quote or a line end are quoted as in RFC 4180. One core writes more than 300,000 rows a second in a release
/// build, the making of the orders included.
package struct GenericCSV: Sendable {
  /// Bytes not yet handed on.
  private var bytes: [UInt8] = []
  /// The columns of the order before those of its line, reused.
  private var orderColumns: [UInt8] = []
  private let articles: [String: Article]
  private let clock: LocalClock
  /// The last local day written and its ten characters.
  private var lastDay = Int.min
  private var lastDate: [UInt8] = []
  /// Rows written, without the header.
  package private(set) var rowCount = 0

  /// The names of the columns after `placed_at`, one for each further key node.
  private static let nodeColumns = Node.keyNodes.dropFirst().map { $0.name + "_at" }
  /// All columns in order.
  package static let columns: [String] =
    [
      "order_no", "channel", "customer", "name", "phone", "email", "grade", "type", "region", "city", "carrier",
      "placed_at",
    ] + nodeColumns + [
      "status", "cancel_side", "cancel_reason", "cancelled_at", "ship_by", "deliver_by", "currency", "discount",
      "shipping", "tax", "sku", "category", "qty", "price", "list_price", "location",
    ]

  /// A writer for orders of `shop`, the header already written.
  package init(shop: Shop) {
    articles = Dictionary(uniqueKeysWithValues: shop.articles.map { ($0.sku, $0) })
    clock = shop.profile.clock
    bytes.append(contentsOf: Self.columns.joined(separator: ",").utf8)
    bytes.append(Self.newline)
  }

  /// Writes all of `orders` and hands the bytes to `sink` in pieces of about `chunkByteCount`.
  ///
  /// - Throws: What `sink` throws; nothing more is written then.
  package static func write<Failure: Error>(
    _ orders: some Sequence<ShopOrder>, of shop: Shop, chunkByteCount: Int = 1 << 20,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var writer = GenericCSV(shop: shop)
    for order in orders {
      writer.append(order)
      if writer.byteCount >= chunkByteCount { try sink(writer.take()) }
    }
    if writer.byteCount > 0 { try sink(writer.take()) }
  }

  /// Bytes waiting to be taken.
  package var byteCount: Int { bytes.count }

  /// The bytes written since the last call, whole rows.
  package mutating func take() -> [UInt8] {
    let taken = bytes
    bytes = []
    bytes.reserveCapacity(taken.count + 4_096)
    return taken
  }

  /// Writes the rows of one order.
  package mutating func append(_ shopOrder: ShopOrder) {
    renderOrderColumns(shopOrder)
    for line in shopOrder.order.lines {
      bytes.append(contentsOf: orderColumns)
      Self.append(line.sku, to: &bytes)
      Self.append(articles[line.sku]?.category ?? "", to: &bytes)
      Self.append(shopOrder.defect == .quantity ? 0 : line.quantity, to: &bytes)
      bytes.append(Self.comma)
      if shopOrder.defect == .price {
        Self.append("n/a", to: &bytes)
      } else {
        Self.appendMoney(line.unitPriceMinorUnits, to: &bytes)
      }
      Self.appendMoney(line.listPriceMinorUnits ?? line.unitPriceMinorUnits, to: &bytes)
      Self.append(line.location ?? "", to: &bytes)
      bytes[bytes.count - 1] = Self.newline
      rowCount += 1
    }
  }

  private mutating func renderOrderColumns(_ shopOrder: ShopOrder) {
    let order = shopOrder.order
    var row = orderColumns
    orderColumns = []  // so that `row` is not copied
    row.removeAll(keepingCapacity: true)
    Self.append(shopOrder.defect == .orderNumber ? "" : order.number, to: &row)
    Self.append(order.channel, to: &row)
    Self.append(order.customer?.key ?? "", to: &row)
    Self.append(order.customer?.name ?? "", to: &row)
    Self.append(order.customer?.phone ?? "", to: &row)
    Self.append(order.customer?.email ?? "", to: &row)
    Self.append(order.customer?.grade ?? "", to: &row)
    Self.append(order.type ?? "", to: &row)
    Self.append(order.region ?? "", to: &row)
    Self.append(order.city ?? "", to: &row)
    Self.append(order.carrier ?? "", to: &row)
    if shopOrder.defect == .placedAt {
      Self.append("2025-13-32 25:61:00", to: &row)
    } else {
      append(order.placedAt, to: &row)
    }
    for node in Node.keyNodes where node != .placed { append(shopOrder.times[node], to: &row) }
    Self.append(shopOrder.defect == .status ? "teleported" : shopOrder.status.name, to: &row)
    Self.append(shopOrder.end?.side.name ?? "", to: &row)
    Self.append(shopOrder.end?.reason ?? "", to: &row)
    append(shopOrder.end?.at, to: &row)
    append(order.shipBy, to: &row)
    append(order.deliverBy, to: &row)
    Self.append(order.currency, to: &row)
    Self.appendMoney(order.discountMinorUnits, to: &row)
    Self.appendMoney(order.shippingMinorUnits, to: &row)
    Self.appendMoney(order.taxMinorUnits, to: &row)
    orderColumns = row
  }

  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")

  /// A field and the comma after it.
  private static func append(_ text: String, to row: inout [UInt8]) {
    let start = row.count
    row.append(contentsOf: text.utf8)
    for index in start..<row.count where needsQuotes(row[index]) {
      row.removeSubrange(start...)
      row.append(quote)
      for byte in text.utf8 {
        if byte == quote { row.append(quote) }
        row.append(byte)
      }
      row.append(quote)
      break
    }
    row.append(comma)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == comma || byte == quote || byte == newline || byte == UInt8(ascii: "\r")
  }

  /// A decimal number, at least 0, without a comma after it.
  private static func append(_ number: Int64, to row: inout [UInt8]) {
    let start = row.count
    var rest = number
    repeat {
      row.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    row[start...].reverse()
  }

  /// An amount of fen as yuan, and the comma after it.
  private static func appendMoney(_ minorUnits: Int64, to row: inout [UInt8]) {
    append(minorUnits / 100, to: &row)
    row.append(UInt8(ascii: "."))
    appendTwoDigits(Int(minorUnits % 100), to: &row)
    row.append(comma)
  }

  private static func appendTwoDigits(_ number: Int, to row: inout [UInt8]) {
    row.append(UInt8(ascii: "0") + UInt8(number / 10))
    row.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// A moment on the shop's clock and the comma after it; nothing but the comma when there is none.
  private mutating func append(_ instant: Instant?, to row: inout [UInt8]) {
    guard let instant else {
      row.append(Self.comma)
      return
    }
    let (day, second) = clock.dayAndSecond(atUTCSecond: Int(instant.milliseconds / 1_000))
    if day != lastDay {
      let date = LocalClock.date(ofDay: day)
      lastDate.removeAll(keepingCapacity: true)
      Self.appendTwoDigits(date.year / 100, to: &lastDate)
      Self.appendTwoDigits(date.year % 100, to: &lastDate)
      lastDate.append(UInt8(ascii: "-"))
      Self.appendTwoDigits(date.month, to: &lastDate)
      lastDate.append(UInt8(ascii: "-"))
      Self.appendTwoDigits(date.day, to: &lastDate)
      lastDay = day
    }
    row.append(contentsOf: lastDate)
    row.append(UInt8(ascii: " "))
    Self.appendTwoDigits(second / 3_600, to: &row)
    row.append(UInt8(ascii: ":"))
    Self.appendTwoDigits(second / 60 % 60, to: &row)
    row.append(UInt8(ascii: ":"))
    Self.appendTwoDigits(second % 60, to: &row)
    row.append(Self.comma)
  }
}
