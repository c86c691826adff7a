import Columns
import OrderModel
import OrderStore

/// What counters, lines and nodes must be after some commands, by the plainest means: orders move as a whole.
struct ShopModel {
  struct Line: Equatable {
    var sku: String
    var quantity: Int64
    var (cancelled, reserved, shipped): (Int64, Int64, Int64) = (0, 0, 0)
    var location = ""
    var unreserved: Int64 { quantity - cancelled - reserved - shipped }
    var open: Int64 { quantity - cancelled - shipped }

    init(_ sku: String, _ quantity: Int64) { (self.sku, self.quantity) = (sku, quantity) }

    static func == (left: Line, right: Line) -> Bool {
      left.sku == right.sku && left.quantity == right.quantity && left.cancelled == right.cancelled
        && left.reserved == right.reserved && left.shipped == right.shipped
    }
  }

  struct Order {
    var lines: [Line]
    var passages: [(node: Node, at: Int64?)] = []
    func hasPassed(_ node: Node) -> Bool { passages.contains { $0.node == node } }
    var node: Node {
      passages.last { $0.node.endsUnfulfilled }?.node ?? passages.last { !$0.node.isKeyNode }?.node
        ?? passages.map(\.node).max() ?? .placed
    }
    func first(_ node: Node) -> Int64? { passages.filter { $0.node == node }.compactMap(\.at).min() }
  }

  struct Cell: Hashable {
    var sku: String
    var location: String
  }

  private(set) var orders: [String: Order] = [:]
  private(set) var counters: [Cell: (onHand: Int64, reserved: Int64)] = [:]

  /// Applies a command.
  ///
  /// - Returns: Whether the store must accept it.
  mutating func apply(_ command: Command) -> Bool {
    switch command {
    case .receive(let receipt): return move(receipt.sku, receipt.location, receipt.quantity, 0)
    case .adjust(let adjustment): return move(adjustment.sku, adjustment.location, adjustment.quantity, 0)
    case .place(let order):
      if orders[order.number] == nil {
        orders[order.number] = Order(lines: order.lines.map { Line($0.sku, $0.quantity) })
      }
      return true
    case .reserve(let operation): return change(operation.order) { try $0.reserve(&$1, operation) }
    case .release(let operation):
      return change(operation.order) { try $0.giveBack(&$1) { operation.location.isEmpty || $0 == operation.location } }
    case .ship(let operation):
      return change(operation.order) { model, order in
        guard order.node.isKeyNode else { throw No.no }
        guard try model.ship(&order, { operation.location.isEmpty || $0 == operation.location }) else { throw No.no }
        if order.lines.allSatisfy({ $0.open == 0 }) {
          order.passages.append((.shipped, operation.occurredAt.milliseconds))
        }
      }
    case .cancel(let cancellation):
      return change(cancellation.order) { try $0.cancel(&$1, cancellation.occurredAt.milliseconds) }
    case .record(let event): return change(event.order) { try $0.record(&$1, event) }
    default: preconditionFailure("the model does not know \(command)")
    }
  }

  private enum No: Error { case no }

  private mutating func change(
    _ reference: OrderReference, _ body: (inout ShopModel, inout Order) throws -> Void
  ) -> Bool {
    guard case .number(let number, _) = reference, var order = orders[number] else { return false }
    var model = self
    do { try body(&model, &order) } catch { return false }
    model.orders[number] = order
    self = model
    return true
  }

  private mutating func move(_ sku: String, _ location: String, _ onHand: Int64, _ reserved: Int64) -> Bool {
    let cell = Cell(sku: sku, location: location)
    var counter = counters[cell] ?? (0, 0)
    counter.onHand += onHand
    counter.reserved += reserved
    guard counter.reserved >= 0, counter.onHand >= counter.reserved else { return false }
    counters[cell] = counter
    return true
  }

  private mutating func reserve(_ order: inout Order, _ operation: StockOperation) throws {
    guard order.node.isKeyNode else { throw No.no }
    let free = order.lines.filter { $0.unreserved > 0 }
    if free.isEmpty { return }
    guard free.contains(where: { $0.reserved == 0 || $0.location == operation.location }) else { throw No.no }
    for index in order.lines.indices {
      let line = order.lines[index]
      guard line.unreserved > 0, line.reserved == 0 || line.location == operation.location else { continue }
      guard move(line.sku, operation.location, 0, line.unreserved) else { throw No.no }
      order.lines[index].location = operation.location
      order.lines[index].reserved += line.unreserved
    }
    if order.lines.allSatisfy({ $0.unreserved == 0 }), !order.hasPassed(.reserved) {
      order.passages.append((.reserved, operation.occurredAt.milliseconds))
    }
  }

  private mutating func giveBack(_ order: inout Order, _ isMeant: (String) -> Bool) throws {
    for index in order.lines.indices where isMeant(order.lines[index].location) {
      guard move(order.lines[index].sku, order.lines[index].location, 0, -order.lines[index].reserved) else {
        throw No.no
      }
      order.lines[index].reserved = 0
    }
  }

  private mutating func ship(_ order: inout Order, _ isMeant: (String) -> Bool) throws -> Bool {
    var isAny = false
    for index in order.lines.indices where isMeant(order.lines[index].location) && order.lines[index].reserved > 0 {
      let units = order.lines[index].reserved
      guard move(order.lines[index].sku, order.lines[index].location, -units, -units) else { throw No.no }
      order.lines[index].reserved = 0
      order.lines[index].shipped += units
      isAny = true
    }
    return isAny
  }

  private mutating func cancel(_ order: inout Order, _ at: Int64) throws {
    if order.passages.contains(where: { $0.node == .cancelled && $0.at == at }) { return }
    let hasLeft = order.passages.contains { $0.node.isKeyNode && $0.node >= .shipped }
    guard order.node < .shipped || (order.node == .refunded && !hasLeft) else { throw No.no }
    try giveBack(&order) { _ in true }
    for index in order.lines.indices { order.lines[index].cancelled += order.lines[index].open }
    if order.lines.allSatisfy({ $0.shipped == 0 }) {
      order.passages.append((.cancelled, at))
    } else {
      order.passages.append((.shipped, nil))
    }
  }

  private mutating func record(_ order: inout Order, _ event: StatusEvent) throws {
    let at = event.occurredAt.milliseconds
    if event.node == .cancelled { return try cancel(&order, at) }
    if order.passages.contains(where: { $0.node == event.node && $0.at == at }) { return }
    let isLegal =
      if order.node == .cancelled || order.node == .expired {
        event.node == .refunded && order.hasPassed(.paid)
      } else {
        switch event.node {
        case .placed: false
        case .expired: !order.hasPassed(.paid) && order.node < .released
        case .completed, .returnRequested: order.hasPassed(.delivered)
        case .refunded: order.hasPassed(.paid)
        default: event.node.isKeyNode
        }
      }
    guard isLegal else { throw No.no }
    if event.node == .shipped || event.node == .delivered { _ = try ship(&order) { _ in true } }
    if event.node == .expired { try giveBack(&order) { _ in true } }
    order.passages.append((event.node, at))
  }

  // MARK: Comparing

  /// What a store says otherwise.
  func differences(from snapshot: OrderSnapshot) throws -> [String] {
    var differences: [String] = []
    var cells: Set<Cell> = []
    for level in try snapshot.stock() {
      let cell = Cell(sku: level.sku, location: level.location)
      cells.insert(cell)
      let counter = counters[cell] ?? (0, 0)
      if counter != (level.counters.onHand, level.counters.reserved) {
        differences.append("\(cell): \(level.counters), \(counter) expected")
      }
    }
    for (cell, counter) in counters where counter != (0, 0) && !cells.contains(cell) {
      differences.append("\(cell) is missing")
    }
    if snapshot.orderCount != orders.count { differences.append("\(snapshot.orderCount) orders") }
    for (number, order) in orders {
      guard let id = try snapshot.orders(number: number).first, let stored = try snapshot.order(id) else {
        differences.append("order \(number) is missing")
        continue
      }
      let lines = stored.lines.map { line in
        var found = Line(line.sku, line.quantity)
        (found.cancelled, found.reserved, found.shipped) = (line.cancelled, line.reserved, line.shipped)
        return found
      }
      if lines != order.lines { differences.append("order \(number): \(lines), \(order.lines) expected") }
      if stored.node != order.node { differences.append("order \(number): \(stored.node), \(order.node) expected") }
      if stored.timeline.filter({ $0.kind == .passed }).count != order.passages.count + 1 {
        differences.append("order \(number): its timeline")
      }
      let group = try snapshot.orders(group: 0, [.reached(.shipped), .reached(.cancelled), .reached(.paid)])
      for node in [Node.shipped, .cancelled, .paid] {
        let expected =
          order.first(node) ?? (order.hasPassed(node) ? InstantColumn.unknown : InstantColumn.none)
        if group[.reached(node)][Int(id.rawValue)] != expected { differences.append("order \(number): \(node)") }
      }
    }
    return differences
  }
}
