internal import ColumnStore
internal import OrderModel

/// The bytes of facts: a tag, then varints (signed ones in zigzag) and texts.
///
/// A row of the past is `rows there are − row`, an optional one the same with 0 for none.
extension Fact {
  private enum Tag: UInt8 {
    case word = 1, customer, customerGrade, sku, order, event, leg, payment, stockCell, movement, lineCancelled,
      lineLocation, credit, key, orderChange, legPlan, waybill, allotment, claimEnd, inbound, lineExtended, lineAdded,
      creditLimit, exposure, story, component, cap, capLimit, capTaken, legStand
  }

  fileprivate static var eventTag: UInt8 { Tag.event.rawValue }
  fileprivate static var storyTag: UInt8 { Tag.story.rawValue }

  /// Rows there are when a fact is written or reached, which distances count from.
  struct Heads: Hashable {
    var orders, lines, events, customers, stock, legs, payments, movements, allotments, inbound: Int
    var components, caps: Int

    /// Counts the rows that `fact` adds.
    mutating func advance(over fact: Fact) {
      switch fact {
      case .order(let order):
        orders += 1
        lines += order.lines.count
      case .event: events += 1
      case .customer: customers += 1
      case .stockCell: stock += 1
      case .leg: legs += 1
      case .payment: payments += 1
      case .movement: movements += 1
      case .allotment: allotments += 1
      case .inbound: inbound += 1
      case .lineAdded: lines += 1
      case .component: components += 1
      case .cap: caps += 1
      case .word, .customerGrade, .sku, .orderChange, .lineCancelled, .lineLocation, .credit, .key, .legPlan,
        .waybill, .legStand, .claimEnd, .lineExtended, .creditLimit, .exposure, .capLimit, .capTaken:
        break
      }
    }
  }

  func encode(into writer: inout ByteWriter, heads: Heads) {
    switch self {
    case .word(let list, let text):
      writer.append(byte: Tag.word.rawValue)
      writer.append(byte: list.rawValue)
      writer.append(text: text)
    case .customer(let key, let grade):
      writer.append(byte: Tag.customer.rawValue)
      writer.append(text: key)
      writer.append(varint: UInt64(grade))
    case .customerGrade(let customer, let grade):
      writer.append(byte: Tag.customerGrade.rawValue)
      writer.append(varint: heads.customers - customer)
      writer.append(varint: UInt64(grade))
    case .sku(let sku):
      writer.append(byte: Tag.sku.rawValue)
      writer.append(varint: UInt64(sku.code))
      writer.append(varint: UInt64(sku.category))
      writer.append(signed: sku.unitCost)
      writer.append(byte: sku.tracked ? 1 : 0)
      writer.append(text: sku.name)
    case .order(let order):
      writer.append(byte: Tag.order.rawValue)
      order.encode(into: &writer, heads: heads)
    case .event(let event): event.append(to: &writer, heads: heads)
    case .orderChange(let order, let change):
      writer.append(byte: Tag.orderChange.rawValue)
      writer.append(varint: heads.orders - order)
      writer.append(byte: UInt8(change.column))
      writer.append(instant: change.value)
    case .leg(let order, let number, let previous, let location, let carrier):
      writer.append(byte: Tag.leg.rawValue)
      writer.append(varint: heads.orders - order)
      writer.append(byte: number)
      writer.append(varint: previous)
      writer.append(varint: UInt64(location))
      writer.append(varint: UInt64(carrier))
    case .legPlan(let leg, let location, let carrier):
      writer.append(byte: Tag.legPlan.rawValue)
      writer.append(varint: heads.legs - leg)
      writer.append(varint: UInt64(location))
      writer.append(varint: UInt64(carrier))
    case .waybill(let leg, let carrier, let text):
      writer.append(byte: Tag.waybill.rawValue)
      writer.append(varint: heads.legs - leg)
      writer.append(varint: UInt64(carrier))
      writer.append(text: text)
    case .legStand(let leg, let node, let enteredAt):
      writer.append(byte: Tag.legStand.rawValue)
      writer.append(varint: heads.legs - leg)
      writer.append(byte: node.rawValue)
      writer.append(instant: enteredAt)
    case .payment(let payment):
      writer.append(byte: Tag.payment.rawValue)
      writer.append(varint: heads.orders - payment.order)
      writer.append(varint: payment.previous.map { heads.payments - $0 } ?? 0)
      writer.append(varint: UInt64(payment.method))
      writer.append(signed: payment.amount)
      writer.append(instant: payment.occurredAt)
      writer.append(byte: payment.isRefund ? 1 : 0)
    case .stockCell(let sku, let location, let previous):
      writer.append(byte: Tag.stockCell.rawValue)
      writer.append(varint: UInt64(sku))
      writer.append(varint: UInt64(location))
      writer.append(varint: previous.map { heads.stock - $0 } ?? 0)
    case .allotment(let allotment):
      writer.append(byte: Tag.allotment.rawValue)
      allotment.encode(into: &writer, heads: heads)
    case .claimEnd(let allotment, let expiresAt):
      writer.append(byte: Tag.claimEnd.rawValue)
      writer.append(varint: heads.allotments - allotment)
      writer.append(instant: expiresAt)
    case .inbound(let cell, let previous, let due, let from, let value):
      writer.append(byte: Tag.inbound.rawValue)
      writer.append(varint: heads.stock - cell)
      writer.append(varint: previous.map { heads.inbound - $0 } ?? 0)
      writer.append(instant: due)
      writer.append(varint: UInt64(from))
      writer.append(signed: value)
    case .lineExtended(let line, let order, let quantity, let listValue, let discount):
      writer.append(byte: Tag.lineExtended.rawValue)
      writer.append(varint: heads.lines - line)
      writer.append(varint: heads.orders - order)
      for number in [quantity, listValue, discount] { writer.append(signed: number) }
    case .lineAdded(let line, let order, let previous, let replaces):
      writer.append(byte: Tag.lineAdded.rawValue)
      writer.append(varint: heads.orders - order)
      writer.append(varint: previous.map { heads.lines - $0 } ?? 0)
      writer.append(varint: replaces.map { heads.lines - $0 } ?? 0)
      line.encode(into: &writer)
    case .creditLimit(let customer, let amount):
      writer.append(byte: Tag.creditLimit.rawValue)
      writer.append(varint: heads.customers - customer)
      writer.append(signed: amount)
    case .exposure(let customer, let order, let amount):
      writer.append(byte: Tag.exposure.rawValue)
      writer.append(varint: heads.customers - customer)
      writer.append(varint: heads.orders - order)
      writer.append(signed: amount)
    case .component(let kit, let sku, let quantity, let previous, let previousUse):
      writer.append(byte: Tag.component.rawValue)
      writer.append(varint: UInt64(kit))
      writer.append(varint: UInt64(sku))
      writer.append(signed: quantity)
      writer.append(varint: previous.map { heads.components - $0 } ?? 0)
      writer.append(varint: previousUse.map { heads.components - $0 } ?? 0)
    case .cap(let sku, let location, let channel, let limit, let taken, let previous):
      writer.append(byte: Tag.cap.rawValue)
      for code in [sku, location, channel] { writer.append(varint: UInt64(code)) }
      writer.append(signed: limit)
      writer.append(signed: taken)
      writer.append(varint: previous.map { heads.caps - $0 } ?? 0)
    case .capLimit(let cap, let limit):
      writer.append(byte: Tag.capLimit.rawValue)
      writer.append(varint: heads.caps - cap)
      writer.append(signed: limit)
    case .capTaken(let cap, let change):
      writer.append(byte: Tag.capTaken.rawValue)
      writer.append(varint: heads.caps - cap)
      writer.append(signed: change)
    case .movement(let movement):
      writer.append(byte: Tag.movement.rawValue)
      movement.encode(into: &writer, heads: heads)
    case .lineCancelled(let line, let order, let quantity, let value):
      writer.append(byte: Tag.lineCancelled.rawValue)
      writer.append(varint: heads.lines - line)
      writer.append(varint: heads.orders - order)
      writer.append(signed: quantity)
      writer.append(signed: value)
    case .lineLocation(let line, let location):
      writer.append(byte: Tag.lineLocation.rawValue)
      writer.append(varint: heads.lines - line)
      writer.append(varint: UInt64(location))
    case .credit(let credit):
      writer.append(byte: Tag.credit.rawValue)
      credit.encode(into: &writer, heads: heads)
    case .key(let text, let bodyHash, let order):
      writer.append(byte: Tag.key.rawValue)
      writer.append(text: text)
      writer.append(littleEndian: bodyHash)
      writer.append(varint: order.map { heads.orders - $0 } ?? 0)
    }
  }

  /// The event that comes next; nil, and nothing read, when another fact does. Most facts are events, and this way
  /// they are not moved through a value as large as the largest fact.
  static func event(from reader: inout ByteReader, heads: Heads) throws(Damage) -> EventFact? {
    let position = reader.position
    guard try reader.byte() == Tag.event.rawValue else {
      reader.position = position
      return nil
    }
    return try EventFact(from: &reader, heads: heads)
  }

  init(from reader: inout ByteReader, heads: Heads) throws(Damage) {
    let position = reader.position
    guard let tag = Tag(rawValue: try reader.byte()) else { throw .malformed(offset: position, "no such fact") }
    switch tag {
    case .word:
      guard let list = Vocabulary(rawValue: try reader.byte()) else {
        throw .malformed(offset: position, "no such word list")
      }
      self = .word(list: list, text: try reader.text())
    case .customer: self = .customer(key: try reader.text(), grade: try reader.code())
    case .customerGrade:
      self = .customerGrade(customer: try reader.row(before: heads.customers), grade: try reader.code())
    case .sku:
      self = .sku(
        SKUFact(
          code: try reader.code(), category: try reader.code(), unitCost: try reader.signed(),
          tracked: try reader.byte() == 1, name: try reader.text()))
    case .order: self = .order(try OrderFact(from: &reader, heads: heads))
    case .event: self = .event(try EventFact(from: &reader, heads: heads))
    case .orderChange:
      let order = try reader.row(before: heads.orders)
      let column = Int(try reader.byte())
      guard column < OrderColumn.schemas.count else { throw .malformed(offset: reader.position, "no such column") }
      self = .orderChange(order: order, EventFact.Change(column: column, value: try reader.instant()))
    case .leg:
      self = .leg(
        order: try reader.row(before: heads.orders), number: try reader.byte(), previous: try reader.count(),
        location: try reader.code(), carrier: try reader.code())
    case .payment:
      self = .payment(
        PaymentFact(
          order: try reader.row(before: heads.orders), previous: try reader.optionalRow(before: heads.payments),
          method: try reader.code(), amount: try reader.signed(), occurredAt: try reader.instant(),
          isRefund: try reader.byte() == 1))
    case .stockCell:
      self = .stockCell(
        sku: try reader.code(), location: try reader.code(), previous: try reader.optionalRow(before: heads.stock))
    case .legPlan:
      self = .legPlan(
        leg: try reader.row(before: heads.legs), location: try reader.code(), carrier: try reader.code())
    case .waybill:
      self = .waybill(
        leg: try reader.row(before: heads.legs), carrier: try reader.code(), text: try reader.text())
    case .legStand:
      let leg = try reader.row(before: heads.legs)
      guard let node = Node(rawValue: try reader.byte()) else {
        throw .malformed(offset: reader.position, "no such node")
      }
      self = .legStand(leg: leg, node: node, enteredAt: try reader.instant())
    case .allotment: self = .allotment(try AllotmentFact(from: &reader, heads: heads))
    case .claimEnd:
      self = .claimEnd(allotment: try reader.row(before: heads.allotments), expiresAt: try reader.instant())
    case .inbound:
      self = .inbound(
        cell: try reader.row(before: heads.stock), previous: try reader.optionalRow(before: heads.inbound),
        due: try reader.instant(), from: try reader.code(), value: try reader.signed())
    case .lineExtended:
      self = .lineExtended(
        line: try reader.row(before: heads.lines), order: try reader.row(before: heads.orders),
        quantity: try reader.signed(), listValue: try reader.signed(), discount: try reader.signed())
    case .lineAdded:
      let order = try reader.row(before: heads.orders)
      let previous = try reader.optionalRow(before: heads.lines)
      let replaces = try reader.optionalRow(before: heads.lines)
      self = .lineAdded(try LineFact(from: &reader), order: order, previous: previous, replaces: replaces)
    case .creditLimit:
      self = .creditLimit(customer: try reader.row(before: heads.customers), amount: try reader.signed())
    case .exposure:
      self = .exposure(
        customer: try reader.row(before: heads.customers), order: try reader.row(before: heads.orders),
        amount: try reader.signed())
    case .component:
      self = .component(
        kit: try reader.code(), sku: try reader.code(), quantity: try reader.signed(),
        previous: try reader.optionalRow(before: heads.components),
        previousUse: try reader.optionalRow(before: heads.components))
    case .cap:
      self = .cap(
        sku: try reader.code(), location: try reader.code(), channel: try reader.code(), limit: try reader.signed(),
        taken: try reader.signed(), previous: try reader.optionalRow(before: heads.caps))
    case .capLimit: self = .capLimit(cap: try reader.row(before: heads.caps), limit: try reader.signed())
    case .capTaken: self = .capTaken(cap: try reader.row(before: heads.caps), change: try reader.signed())
    case .story: self = .event(try EventFact(story: &reader, heads: heads))
    case .movement: self = .movement(try MovementFact(from: &reader, heads: heads))
    case .lineCancelled:
      self = .lineCancelled(
        line: try reader.row(before: heads.lines), order: try reader.row(before: heads.orders),
        quantity: try reader.signed(), value: try reader.signed())
    case .lineLocation:
      self = .lineLocation(line: try reader.row(before: heads.lines), location: try reader.code())
    case .credit: self = .credit(try CreditFact(from: &reader, heads: heads))
    case .key:
      self = .key(
        text: try reader.text(), bodyHash: try reader.littleEndian(Int64.self),
        order: try reader.optionalRow(before: heads.orders))
    }
  }
}

extension ByteWriter {
  /// An instant or one of the two absent ones: 0 none, 1 unknown, else zigzag + 2.
  fileprivate mutating func append(instant value: Int64) {
    switch value {
    case InstantColumn.none: append(varint: 0 as UInt64)
    case InstantColumn.unknown: append(varint: 1 as UInt64)
    default: append(varint: UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)) &+ 2)
    }
  }

  /// Optional numbers: a mask of the present ones, then those.
  fileprivate mutating func append<let count: Int>(present values: InlineArray<count, Int64>) {
    var mask: UInt64 = 0
    for index in values.indices where values[index] != 0 { mask |= 1 &<< UInt64(index) }
    append(varint: mask)
    for index in values.indices where values[index] != 0 { append(signed: values[index]) }
  }
}

extension ByteReader {
  fileprivate mutating func instant() throws(Damage) -> Int64 {
    let value = try varint()
    if value == 0 { return InstantColumn.none }
    if value == 1 { return InstantColumn.unknown }
    let zigzag = value &- 2
    return Int64(bitPattern: zigzag &>> 1) ^ -Int64(bitPattern: zigzag & 1)
  }

  fileprivate mutating func code() throws(Damage) -> UInt32 {
    let value = try varint()
    guard let code = UInt32(exactly: value) else { throw .malformed(offset: position, "a code of more than 32 bits") }
    return code
  }

  fileprivate mutating func optionalRow(before head: Int) throws(Damage) -> Int? {
    let distance = try count()
    guard distance <= head else { throw .malformed(offset: position, "a reference before the first row") }
    return distance == 0 ? nil : head - distance
  }

  fileprivate mutating func row(before head: Int) throws(Damage) -> Int {
    guard let row = try optionalRow(before: head) else {
      throw .malformed(offset: position, "a reference to a row that is not there yet")
    }
    return row
  }

  fileprivate mutating func present<let count: Int>() throws(Damage) -> InlineArray<count, Int64> {
    let mask = try varint()
    guard mask < 1 &<< UInt64(count) else { throw .malformed(offset: position, "a mask of unknown fields") }
    var values = InlineArray<count, Int64>(repeating: 0)
    for index in 0..<count where mask & (1 &<< UInt64(index)) != 0 { values[index] = try signed() }
    return values
  }
}

extension InlineArray where Element == Int64 {
  /// Whether the values at these places have no more than 32 bits and no sign.
  fileprivate func areCodes(_ places: Range<Int>) -> Bool {
    var bits: Int64 = 0
    for place in places { bits |= self[place] }
    return bits >= 0 && bits < 1 << 32
  }
}

extension OrderFact {
  fileprivate func encode(into writer: inout ByteWriter, heads: Fact.Heads) {
    writer.append(signed: placedAt)
    writer.append(text: number)
    writer.append(littleEndian: bodyHash)
    writer.append(byte: observed ? 1 : 0)
    writer.append(varint: UInt64(currency))
    writer.append(varint: UInt64(channel))
    writer.append(varint: customer.map { heads.customers - $0 } ?? 0)
    writer.append(varint: previousOrder.map { heads.orders - $0 } ?? 0)
    let optional: InlineArray<13, Int64> = [
      Int64(grade), Int64(region), Int64(city), Int64(type), Int64(priority), Int64(carrier), Int64(sourceStatus),
      discount, shipping, tax, Int64(profile), split, Int64(creator),
    ]
    writer.append(present: optional)
    writer.append(instant: shipBy)
    writer.append(instant: deliverBy)
    writer.append(text: note)
    writer.append(varint: lines.count)
    for line in lines { line.encode(into: &writer) }
  }

  fileprivate init(from reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    placedAt = try reader.signed()
    number = try reader.text()
    bodyHash = try reader.littleEndian(Int64.self)
    observed = try reader.byte() == 1
    currency = try reader.code()
    channel = try reader.code()
    customer = try reader.optionalRow(before: heads.customers)
    previousOrder = try reader.optionalRow(before: heads.orders)
    let present: InlineArray<13, Int64> = try reader.present()
    guard present.areCodes(0..<7), present.areCodes(10..<13), present[10] < 256, present[11] < 256,
      Profile.ID(rawValue: UInt8(present[10])) != nil
    else { throw .malformed(offset: reader.position, "a code outside its bounds") }
    (profile, split, creator) = (UInt8(present[10]), present[11], UInt32(present[12]))
    (grade, region, city) = (UInt32(present[0]), UInt32(present[1]), UInt32(present[2]))
    (type, priority, carrier) = (UInt32(present[3]), UInt32(present[4]), UInt32(present[5]))
    sourceStatus = UInt32(present[6])
    (discount, shipping, tax) = (present[7], present[8], present[9])
    shipBy = try reader.instant()
    deliverBy = try reader.instant()
    note = try reader.text()
    let lineCount = try reader.count()
    guard lineCount <= reader.end - reader.position else { throw .truncated(offset: reader.position) }
    lines.reserveCapacity(lineCount)
    for _ in 0..<lineCount { lines.append(try LineFact(from: &reader)) }
  }
}

extension LineFact {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.append(varint: UInt64(sku))
    writer.append(signed: quantity)
    writer.append(signed: unitPrice)
    writer.append(signed: listExtra)
    writer.append(varint: UInt64(location))
  }

  fileprivate init(from reader: inout ByteReader) throws(Damage) {
    self.init(
      sku: try reader.code(), quantity: try reader.signed(), unitPrice: try reader.signed(),
      listExtra: try reader.signed(), location: try reader.code())
  }
}

extension EventFact {
  /// The whole fact, its tag included.
  func append(to writer: inout ByteWriter, heads: Fact.Heads) {
    guard hasStory else {
      writer.append(byte: Fact.eventTag)
      return encode(into: &writer, heads: heads)
    }
    writer.append(byte: Fact.storyTag)
    writer.append(byte: kind.rawValue)
    writer.append(byte: subject)
    let optional: InlineArray<5, Int64> = [
      Int64(line.map { heads.lines - $0 } ?? 0), before, after, Int64(voids.map { heads.events - $0 } ?? 0),
      Int64(movementCount),
    ]
    writer.append(present: optional)
    writer.append(text: text)
    encode(into: &writer, heads: heads)
  }

  /// Whether it tells more than that a node was passed.
  var hasStory: Bool {
    kind != .passed || movementCount != 0 || line != nil || before != 0 || after != 0 || voids != nil || !text.isEmpty
  }

  /// An event that tells more than that a node was passed, after its tag.
  fileprivate init(story reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    guard let kind = EventKind(rawValue: try reader.byte()) else {
      throw .malformed(offset: reader.position, "no such kind of event")
    }
    let subject = try reader.byte()
    let present: InlineArray<5, Int64> = try reader.present()
    let text = try reader.text()
    try self.init(from: &reader, heads: heads)
    guard (0...Int64(heads.lines)).contains(present[0]), (0...Int64(heads.events)).contains(present[3]),
      (0...Int64(min(heads.movements, 65_535))).contains(present[4])
    else { throw .malformed(offset: reader.position, "an impossible event") }
    (self.kind, self.subject, self.text) = (kind, subject, text)
    line = present[0] == 0 ? nil : heads.lines - Int(present[0])
    (before, after) = (present[1], present[2])
    voids = present[3] == 0 ? nil : heads.events - Int(present[3])
    movementCount = Int(present[4])
  }

  fileprivate func encode(into writer: inout ByteWriter, heads: Fact.Heads) {
    writer.append(varint: heads.orders - order)
    writer.append(varint: previous.map { heads.events - $0 } ?? 0)
    writer.append(byte: node.rawValue)
    writer.append(instant: occurredAt)
    let optional: InlineArray<7, Int64> = [
      Int64(leg), Int64(legRow.map { heads.legs - $0 } ?? 0), Int64(actor), Int64(reason), Int64(location),
      Int64(carrier), Int64(side.rawValue),
    ]
    writer.append(present: optional)
    // Most events make one change: their node's column gets their own instant.
    writer.append(varint: changes.count)
    for change in changes {
      writer.append(byte: UInt8(change.column))
      if change.value == occurredAt {
        writer.append(byte: 1)
      } else {
        writer.append(byte: 0)
        writer.append(instant: change.value)
      }
    }
  }

  fileprivate init(from reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    order = try reader.row(before: heads.orders)
    previous = try reader.optionalRow(before: heads.events)
    guard let node = Node(rawValue: try reader.byte()) else {
      throw .malformed(offset: reader.position, "no such node")
    }
    self.node = node
    occurredAt = try reader.instant()
    let present: InlineArray<7, Int64> = try reader.present()
    guard present.areCodes(present.indices), present[0] < 256, present[1] <= Int64(heads.legs),
      let side = Side(rawValue: UInt8(truncatingIfNeeded: present[6]))
    else { throw .malformed(offset: reader.position, "an impossible event") }
    leg = UInt8(present[0])
    legRow = present[1] == 0 ? nil : heads.legs - Int(present[1])
    (actor, reason) = (UInt32(present[2]), UInt32(present[3]))
    (location, carrier) = (UInt32(present[4]), UInt32(present[5]))
    self.side = side
    let count = try reader.count()
    guard count <= 255 else { throw .malformed(offset: reader.position, "too many changes") }
    changes.reserveCapacity(count)
    for _ in 0..<count {
      let column = Int(try reader.byte())
      guard column < OrderColumn.schemas.count else { throw .malformed(offset: reader.position, "no such column") }
      let value = try reader.byte() == 1 ? occurredAt : try reader.instant()
      changes.append(Change(column: column, value: value))
    }
  }
}

extension MovementFact {
  fileprivate func encode(into writer: inout ByteWriter, heads: Fact.Heads) {
    writer.append(byte: kind.rawValue)
    writer.append(varint: cell.map { heads.stock - $0 } ?? 0)
    writer.append(varint: UInt64(sku))
    writer.append(varint: UInt64(location))
    writer.append(signed: quantity)
    let optional: InlineArray<6, Int64> = [
      valueChange, Int64(order.map { heads.orders - $0 } ?? 0), Int64(line.map { heads.lines - $0 } ?? 0),
      Int64(reason), Int64(allotment.map { heads.allotments - $0 } ?? 0),
      Int64(inbound.map { heads.inbound - $0 } ?? 0),
    ]
    writer.append(present: optional)
    writer.append(instant: occurredAt)
  }

  fileprivate init(from reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    guard let kind = MovementKind(rawValue: try reader.byte()) else {
      throw .malformed(offset: reader.position, "no such movement")
    }
    self.kind = kind
    cell = try reader.optionalRow(before: heads.stock)
    sku = try reader.code()
    location = try reader.code()
    quantity = try reader.signed()
    let present: InlineArray<6, Int64> = try reader.present()
    func row(_ place: Int, before head: Int) throws(Damage) -> Int? {
      guard (0...Int64(head)).contains(present[place]) else {
        throw .malformed(offset: reader.position, "an impossible movement")
      }
      return present[place] == 0 ? nil : head - Int(present[place])
    }
    valueChange = present[0]
    order = try row(1, before: heads.orders)
    line = try row(2, before: heads.lines)
    guard present[3] >= 0, present[3] < 1 << 32 else {
      throw .malformed(offset: reader.position, "an impossible movement")
    }
    reason = UInt32(present[3])
    allotment = try row(4, before: heads.allotments)
    inbound = try row(5, before: heads.inbound)
    occurredAt = try reader.instant()
  }
}

extension AllotmentFact {
  fileprivate func encode(into writer: inout ByteWriter, heads: Fact.Heads) {
    let optional: InlineArray<8, Int64> = [
      Int64(order.map { heads.orders - $0 } ?? 0), Int64(line.map { heads.lines - $0 } ?? 0),
      Int64(cell.map { heads.stock - $0 } ?? 0), Int64(leg.map { heads.legs - $0 } ?? 0),
      Int64(previous.map { heads.allotments - $0 } ?? 0), Int64(previousOfCell.map { heads.allotments - $0 } ?? 0),
      Int64(owner), rank,
    ]
    writer.append(present: optional)
    for instant in [since, expiresAt, approvedAt] { writer.append(instant: instant) }
  }

  fileprivate init(from reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    let present: InlineArray<8, Int64> = try reader.present()
    func row(_ place: Int, before head: Int) throws(Damage) -> Int? {
      guard (0...Int64(head)).contains(present[place]) else {
        throw .malformed(offset: reader.position, "an impossible allotment")
      }
      return present[place] == 0 ? nil : head - Int(present[place])
    }
    order = try row(0, before: heads.orders)
    line = try row(1, before: heads.lines)
    cell = try row(2, before: heads.stock)
    leg = try row(3, before: heads.legs)
    previous = try row(4, before: heads.allotments)
    previousOfCell = try row(5, before: heads.allotments)
    guard present.areCodes(6..<8) else { throw .malformed(offset: reader.position, "an impossible allotment") }
    (owner, rank) = (UInt32(present[6]), present[7])
    since = try reader.instant()
    expiresAt = try reader.instant()
    approvedAt = try reader.instant()
  }
}

extension CreditFact {
  fileprivate func encode(into writer: inout ByteWriter, heads: Fact.Heads) {
    writer.append(signed: occurredAt)
    writer.append(text: number)
    writer.append(littleEndian: bodyHash)
    let optional: InlineArray<6, Int64> = [
      Int64(channel), Int64(currency), Int64(region), Int64(reason),
      Int64(customer.map { heads.customers - $0 } ?? 0), Int64(order.map { heads.orders - $0 } ?? 0),
    ]
    writer.append(present: optional)
    writer.append(varint: lines.count)
    for line in lines {
      writer.append(varint: UInt64(line.sku))
      writer.append(signed: line.quantity)
      writer.append(signed: line.unitPrice)
    }
  }

  fileprivate init(from reader: inout ByteReader, heads: Fact.Heads) throws(Damage) {
    occurredAt = try reader.signed()
    number = try reader.text()
    bodyHash = try reader.littleEndian(Int64.self)
    let present: InlineArray<6, Int64> = try reader.present()
    guard present.areCodes(present.indices), present[4] <= Int64(heads.customers),
      present[5] <= Int64(heads.orders)
    else { throw .malformed(offset: reader.position, "an impossible credit note") }
    (channel, currency) = (UInt32(present[0]), UInt32(present[1]))
    (region, reason) = (UInt32(present[2]), UInt32(present[3]))
    customer = present[4] == 0 ? nil : heads.customers - Int(present[4])
    order = present[5] == 0 ? nil : heads.orders - Int(present[5])
    lines = []
    let count = try reader.count()
    guard count <= reader.end - reader.position else { throw .truncated(offset: reader.position) }
    for _ in 0..<count {
      lines.append(Line(sku: try reader.code(), quantity: try reader.signed(), unitPrice: try reader.signed()))
    }
  }
}
