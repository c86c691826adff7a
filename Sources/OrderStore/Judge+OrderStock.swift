internal import ColumnStore
internal import OrderModel

/// Promising, giving back and shipping the units of an order.
extension Judge {
  // MARK: Lines

  /// An order's line while a command is judged.
  struct OpenLine {
    var row: Int
    var sku: UInt32
    var name: String
    /// Where its promised units lie, when it has any; else where they lay last or were to come from.
    var location: UInt32
    var unitPrice, listPrice: Int64
    var quantity, cancelled, reserved, shipped: Int64
    /// Neither cancelled, reserved nor shipped.
    var unreserved: Int64 { quantity - cancelled - reserved - shipped }
    var open: Int64 { quantity - cancelled - shipped }
  }

  func lines(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> [OpenLine] {
    let first = Int(try value(order, OrderColumn.firstLine, session))
    let count = Int(try value(order, OrderColumn.lineCount, session))
    var lines: [OpenLine] = []
    lines.reserveCapacity(count)
    for row in first..<(first + count) {
      let sku = UInt32(try value(row, LineColumn.sku, session))
      let price = try value(row, LineColumn.unitPrice, session)
      lines.append(
        OpenLine(
          row: row, sku: sku, name: try name(of: sku, in: .sku, session),
          location: UInt32(try value(row, LineColumn.location, session)), unitPrice: price,
          listPrice: price &+ (try value(row, LineColumn.listExtra, session)),
          quantity: try value(row, LineColumn.quantity, session),
          cancelled: try value(row, LineColumn.cancelled, session),
          reserved: try value(row, LineColumn.reserved, session),
          shipped: try value(row, LineColumn.shipped, session)))
    }
    return lines
  }

  private func name(
    of code: UInt32, in list: Vocabulary, _ session: borrowing Session
  ) throws(JudgeFailure) -> String {
    do throws(FileError) {
      return try session.word(list: Int(list.rawValue), code: code)
    } catch { throw .file(error) }
  }

  /// Spreads what is asked for over the lines, in their order: for each line how many units.
  ///
  /// - Parameter possible: How many units of a line the command may take, at its index.
  func portions(
    _ wanted: [LineQuantity], of lines: [OpenLine], in session: borrowing Session, _ possible: (Int) -> Int64
  ) throws(JudgeFailure) -> [Int64] {
    guard !wanted.isEmpty else { return lines.indices.map(possible) }
    var portions = lines.map { _ in Int64(0) }
    for request in wanted {
      try checkQuantity(request.quantity, of: request.sku)
      let sku = try existingCode(request.sku, in: .sku, session)
      var rest = request.quantity
      for (index, line) in lines.enumerated() where line.sku == sku && rest > 0 {
        let taken = min(rest, possible(index) - portions[index])
        portions[index] += taken
        rest -= taken
      }
      guard rest == 0 else {
        throw .refused(
          .tooManyUnits(sku: request.sku, requested: request.quantity, possible: request.quantity - rest))
      }
    }
    return portions
  }

  /// Whether each line's units are counted by the store. What is not counted is never reserved, and not waited for.
  private func areTracked(_ lines: [OpenLine], in session: borrowing Session) throws(JudgeFailure) -> [Bool] {
    var known: [UInt32: Bool] = [:]
    var tracked: [Bool] = []
    for line in lines {
      if known[line.sku] == nil { known[line.sku] = try storedSKU(line.sku, in: session)?.tracked ?? false }
      tracked.append(known[line.sku]!)
    }
    return tracked
  }

  // MARK: Commands

  func reserve(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(operation.location, "location")
    try check(operation.occurredAt, "occurred at")
    var standing = try standing(of: try row(of: operation.order, in: session), in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: .reserved)) }
    let lines = try lines(of: standing.order, in: session)
    let tracked = try areTracked(lines, in: session)
    let place = try code(operation.location, in: .location, session)
    // A line's promised units lie at one location.
    let portions = try portions(operation.lines, of: lines, in: session) {
      let line = lines[$0]
      if operation.lines.isEmpty, !tracked[$0] { return 0 }
      return line.reserved == 0 || line.location == place ? line.unreserved : 0
    }
    guard portions.contains(where: { $0 > 0 }) else {
      if let index = lines.indices.first(where: { lines[$0].unreserved > 0 }) {
        guard tracked[index] else { throw .refused(.untrackedSKU(lines[index].name)) }
        throw .refused(
          .tooManyUnits(sku: lines[index].name, requested: lines[index].unreserved, possible: 0))
      }
      return try unchanged(order: standing.order, in: session)
    }
    var cells = CellCache()
    for (index, quantity) in portions.enumerated() where quantity > 0 {
      let line = lines[index]
      guard tracked[index] else { throw .refused(.untrackedSKU(line.name)) }
      if line.location != place { emit(.lineLocation(line: line.row, location: place)) }
      try moveUnits(
        of: line, at: place, operation.location, .reserve, quantity, order: standing.order, operation.occurredAt,
        &cells, in: session)
    }
    let isComplete = lines.indices.allSatisfy { !tracked[$0] || lines[$0].unreserved == portions[$0] }
    if isComplete, !standing.hasPassed(.reserved) {
      try pass(
        .reserved, leg: 0, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    }
    return try updated(order: standing.order, in: session)
  }

  /// Gives promised units back, those at the location named or all. An order that was closed by what another system
  /// told may still hold some, so its node does not matter.
  func release(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(operation.occurredAt, "occurred at")
    let order = try row(of: operation.order, in: session)
    let lines = try lines(of: order, in: session)
    let isMeant = try isAt(operation.location, in: session)
    let portions = try portions(operation.lines, of: lines, in: session) {
      isMeant(lines[$0].location) ? lines[$0].reserved : 0
    }
    try giveBack(portions, of: lines, order: order, at: operation.occurredAt, in: session)
    return try updated(order: order, in: session)
  }

  func ship(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(operation.occurredAt, "occurred at")
    var standing = try standing(of: try row(of: operation.order, in: session), in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: .shipped)) }
    let lines = try lines(of: standing.order, in: session)
    let isMeant = try isAt(operation.location, in: session)
    let portions = try portions(operation.lines, of: lines, in: session) {
      isMeant(lines[$0].location) ? lines[$0].reserved : 0
    }
    guard portions.contains(where: { $0 > 0 }) else {
      let first = lines.first { $0.open > 0 } ?? lines.first
      throw .refused(
        .tooManyUnits(sku: first?.name ?? "", requested: first?.open ?? 0, possible: 0))
    }
    try ship(portions, of: lines, order: standing.order, at: operation.occurredAt, in: session)
    let tracked = try areTracked(lines, in: session)
    let isComplete = lines.indices.allSatisfy { !tracked[$0] || lines[$0].open == portions[$0] }
    if isComplete || operation.leg != 0 {
      try pass(
        .shipped, leg: operation.leg, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    }
    return try updated(order: standing.order, in: session)
  }

  /// Whether a line's location is the one named; any is when none is named.
  private func isAt(
    _ location: String, in session: borrowing Session
  ) throws(JudgeFailure) -> (UInt32) -> Bool {
    if location.isEmpty { return { _ in true } }
    let place = try existingCode(location, in: .location, session)
    return { $0 == place }
  }

  // MARK: Units

  /// Cells changed by the present command, whose stored counters are behind.
  struct CellCache {
    private var cells: [UInt64: StockCell] = [:]
    subscript(sku: UInt32, location: UInt32) -> StockCell? {
      get { cells[UInt64(sku) << 32 | UInt64(location)] }
      set { cells[UInt64(sku) << 32 | UInt64(location)] = newValue }
    }
  }

  /// Moves units of a line's cell, which it belongs to or from now on will.
  private func moveUnits(
    of line: OpenLine, at place: UInt32, _ location: String, _ kind: MovementKind, _ quantity: Int64, order: Int,
    _ instant: Instant, _ cells: inout CellCache, in session: borrowing Session
  ) throws(JudgeFailure) {
    let known = cells[line.sku, place]
    var cell = if let known { known } else { try self.cell(sku: line.sku, location: location, in: session) }
    let value: Int64 =
      if kind == .ship, cell.counters.onHand > 0, let value = cell.value(of: quantity) { -value } else { 0 }
    try move(
      &cell, kind, onHand: kind == .ship ? -quantity : 0, reserved: kind == .reserve ? quantity : -quantity,
      value: value, sku: line.name, location: location, order: order, line: line.row, at: instant)
    cells[line.sku, place] = cell
  }

  /// Takes promised units back into what is available.
  func giveBack(
    _ portions: [Int64], of lines: [OpenLine], order: Int, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var cells = CellCache()
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      try moveUnits(
        of: line, at: line.location, try name(of: line.location, in: .location, session), .release, quantity,
        order: order, instant, &cells, in: session)
    }
  }

  private func ship(
    _ portions: [Int64], of lines: [OpenLine], order: Int, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var cells = CellCache()
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      try moveUnits(
        of: line, at: line.location, try name(of: line.location, in: .location, session), .ship, quantity,
        order: order, instant, &cells, in: session)
    }
  }

  /// A recorded SHIPPED takes the promised units out: those of the whole order.
  func shipReserved(
    of order: Int, leg: UInt8, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    guard leg == 0 else { return }
    let lines = try lines(of: order, in: session)
    try ship(lines.map(\.reserved), of: lines, order: order, at: instant, in: session)
  }

  /// A recorded EXPIRED lets go of what the order holds.
  func releaseReserved(of order: Int, at instant: Instant, in session: borrowing Session) throws(JudgeFailure) {
    let lines = try lines(of: order, in: session)
    try giveBack(lines.map(\.reserved), of: lines, order: order, at: instant, in: session)
  }
}
