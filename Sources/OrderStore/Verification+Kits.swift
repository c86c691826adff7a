internal import ColumnStore
internal import OrderModel

/// What kits consist of: by the kit's code, the code and units of each component.
typealias Kits = [Int64: [(sku: Int64, quantity: Int64)]]

/// Kits: they do not nest, their chains are whole, and every movement of one has those of its components with it.
extension OrderSnapshot {
  func checkKits(_ findings: inout Findings) throws(StoreError) -> Kits {
    var (found, kits) = (findings, Kits())
    defer { findings = found }
    var lastOfKit: [Int64: Int64] = [:]
    var lastUse: [Int64: Int64] = [:]
    try forEachRowGroup([ComponentColumn.kit, .sku, .quantity, .previous, .previousUse]) { first, columns in
      for row in columns[0].indices {
        let (kit, sku, quantity) = (columns[0][row], columns[1][row], columns[2][row])
        if quantity < 1 { found.note("component \(first + row): \(quantity) units of it") }
        if columns[3][row] != lastOfKit[kit] ?? 0 || columns[4][row] != lastUse[sku] ?? 0 {
          found.note("component \(first + row): does not lead to the one before it")
        }
        lastOfKit[kit] = Int64(first + row + 1)
        lastUse[sku] = Int64(first + row + 1)
        kits[kit, default: []].append((sku, quantity))
      }
    }
    for (kit, components) in kits {
      if lastUse[kit] != nil { found.note("SKU \(kit - 1): a kit and a component of one") }
      if Set(components.map(\.sku)).count < components.count { found.note("SKU \(kit - 1): a component twice") }
    }
    try forEachRowGroup([SKUColumn.lastComponent, .lastUse, .tracked]) { first, columns in
      for row in columns[0].indices {
        let code = Int64(first + row + 1)
        if columns[0][row] != lastOfKit[code] ?? 0 || columns[1][row] != lastUse[code] ?? 0 {
          found.note("SKU \(first + row): its components or its uses do not begin where they should")
        }
        if columns[2][row] != 1, columns[0][row] != 0 || columns[1][row] != 0 {
          found.note("SKU \(first + row): a kit or a component that is not counted")
        }
      }
    }
    return kits
  }
}

/// What movements of kits ask of their components' movements, until those come. Movements that are taken back come in the
/// opposite order, so a debt may be paid before it is made.
struct KitMovements {
  private struct Debt: Hashable {
    var order, sku, location: Int64
    var kind: MovementKind
  }

  let kits: Kits
  private var debts: [Debt: Int64] = [:]

  init(kits: Kits) { self.kits = kits }

  /// - Parameters:
  ///   - order: Order row + 1.
  ///   - application: As the column `applied` says.
  mutating func take(
    _ kind: MovementKind, _ quantity: Int64, sku: Int64, location: Int64, order: Int64, isOfLine: Bool,
    application: Int64
  ) {
    if application == 2 {
      for component in kits[sku] ?? [] {
        change(Debt(order: order, sku: component.sku, location: location, kind: kind), quantity &* component.quantity)
      }
    } else if order != 0, !isOfLine {
      change(Debt(order: order, sku: sku, location: location, kind: kind), -quantity)
    }
  }

  private mutating func change(_ debt: Debt, _ units: Int64) {
    let left = (debts[debt] ?? 0) &+ units
    debts[debt] = left == 0 ? nil : left
  }

  func note(in findings: inout Findings) {
    for (debt, units) in debts {
      findings.note(
        "order \(debt.order - 1): \(debt.kind.name) of its kits and that of SKU \(debt.sku - 1) differ by \(units)")
    }
  }
}
