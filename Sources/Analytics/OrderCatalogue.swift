internal import OrderModel
internal import QueryLanguage

/// What conditions may say of an order.
enum OrderCatalogue {
  /// What a name stands for.
  enum Meaning: Sendable, Hashable {
    case word(Dimension.WordField)
    case customer, number, side
    case node
    case source(NumberSource)
  }

  static let meanings: [String: Meaning] = {
    var meanings: [String: Meaning] = [
      "customer": .customer, "number": .number, "order_no": .number, "side": .side, "cancel_side": .side,
      "customer.grade": .word(.grade), "cancel_reason": .word(.reason), "node": .node, "status": .node,
      "units": .source(.count(.units)), "cancelled_units": .source(.count(.cancelledUnits)),
      "lines": .source(.count(.lineCount)), "legs": .source(.count(.legCount)),
      "errors": .source(.count(.errorCount)), "observed": .source(.truth(.observed)), "guest": .source(.guest),
      "list_value": .source(.money(.listValue)), "line_value": .source(.money(.lineValue)),
      "discount": .source(.money(.discount)), "shipping": .source(.money(.shipping)),
      "tax": .source(.money(.tax)), "cancelled_value": .source(.money(.cancelledValue)),
      "paid_amount": .source(.money(.paid)), "total": .source(.total),
      "ship_by": .source(.promise(.shipBy)), "deliver_by": .source(.promise(.deliverBy)),
      "first_act_at": .source(.event(.firstActAt)), "first_human_act_at": .source(.event(.firstHumanActAt)),
    ]
    for field in Dimension.WordField.allCases { meanings[field.rawValue] = .word(field) }
    for node in Node.allCases { meanings["\(node.name)_at"] = .source(.event(.reached(node))) }
    return meanings
  }()

  static let fields = FieldCatalogue(
    source: "orders", fields: meanings.mapValues(type), statuses: Set(Node.allCases.map(\.name)))

  private static func type(of meaning: Meaning) -> FieldType {
    switch meaning {
    case .word, .customer, .number, .side: .text
    case .node: .node
    case .source(let source):
      switch source {
      case .count: .integer
      case .truth, .guest: .truth
      case .money, .total: .money
      case .promise, .event: .instant
      case .time: .duration
      }
    }
  }
}
