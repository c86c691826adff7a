internal import OrderModel

/// Reads the line rows of a document: lines of the order or credit note, movements of stock, articles.
struct LineCollector {
  /// A row of price zero.
  struct Movement {
    var table: Int
    var tableRow: Int
    /// The row of the main table.
    var row: Int
    var sku: String
    var location: String
    var quantity: Int64
    var reason: String?
  }

  let mapping: Mapping
  let isCredit: Bool
  private(set) var lines: [NewLine] = []
  private(set) var movements: [Movement] = []
  private(set) var articles: [NewSKU] = []
  private(set) var faults: [RowFault] = []
  private var unitLines: [UnitKey: Int] = [:]

  /// What units must have in common to be one line.
  private struct UnitKey: Hashable {
    var sku: String
    var location: String?
    var price: Int64
    var listPrice: Int64?
  }

  init(mapping: Mapping, isCredit: Bool) {
    self.mapping = mapping
    self.isCredit = isCredit
  }

  /// Reads all rows that are not skipped. Faults of rows are collected, so that one import names them all.
  mutating func collect(
    _ document: Document, _ values: ValueReading, _ result: inout BuiltDocument
  ) throws(DocumentError) {
    guard let rule = mapping.lines else { return }
    let before = document.rows
    defer { document.rows = before }
    for row in 0..<document.batches[rule.table].count where result.owners[rule.table][row] != .skipped {
      document.rows[rule.table] = row
      do throws(DocumentError) {
        try read(rule, row, document, values)
      } catch {
        guard case .fault(let fault) = error else { throw error }
        faults.append(fault)
      }
    }
  }

  private mutating func read(
    _ rule: Mapping.Lines, _ row: Int, _ document: Document, _ values: ValueReading
  ) throws(DocumentError) {
    let sku = try document.text(rule.sku)
    let price = try values.amount(rule.price, document)
    var quantity: Int64 = 1
    if let column = rule.quantity {
      guard let stated = try values.quantity(column, document) else {
        // A row without any of the three states an order whose lines are not known.
        if sku == nil, price == nil, mapping.mode == .observe { return }
        throw document.fault(.missingValue, column.column, "the quantity is missing")
      }
      quantity = stated
    } else if sku == nil, price == nil, mapping.mode == .observe {
      return
    }
    guard let sku else { throw missingSKU(rule, document) }
    guard let price else { throw document.fault(.missingValue, rule.price.column, "the price is missing") }
    if price == 0, let movement = mapping.movements {
      try readMovement(movement, rule, row, sku, quantity, document)
      return
    }
    guard price > 0 || (price == 0 && mapping.movements == nil) else {
      throw document.fault(.badAmount, rule.price.column, "a price below zero")
    }
    if isCredit, mapping.credits?.quantitiesAreNegative == true {
      let (units, overflow) = Int64(0).subtractingReportingOverflow(quantity)
      guard units >= 1, !overflow else {
        throw document.fault(
          .badNumber, rule.quantity?.column ?? rule.price.column, "a credit note's quantity is below zero")
      }
      quantity = units
    }
    guard quantity >= 1 else {
      throw document.fault(
        .badNumber, rule.quantity?.column ?? rule.price.column, "the quantity of a line is at least 1")
    }
    let line = NewLine(
      sku: sku, quantity: quantity, unitPriceMinorUnits: price,
      listPriceMinorUnits: try values.amount(rule.listPrice, document), location: try document.text(rule.location))
    if rule.rowsAreUnits { appendUnit(line) } else { lines.append(line) }
    if rule.category != nil || rule.name != nil, mapping.mode == .observe {
      articles.append(
        NewSKU(
          sku: sku, name: try document.text(rule.name), category: try document.text(rule.category), tracked: false))
    }
  }

  private func missingSKU(_ rule: Mapping.Lines, _ document: Document) -> DocumentError {
    document.fault(.missingValue, rule.sku.columns.first ?? rule.price.column, "the SKU is missing")
  }

  private mutating func appendUnit(_ line: NewLine) {
    let key = UnitKey(
      sku: line.sku, location: line.location, price: line.unitPriceMinorUnits, listPrice: line.listPriceMinorUnits)
    if let known = unitLines[key] {
      lines[known].quantity += 1
    } else {
      unitLines[key] = lines.count
      lines.append(line)
    }
  }

  private mutating func readMovement(
    _ movement: Mapping.Movements, _ rule: Mapping.Lines, _ row: Int, _ sku: String, _ quantity: Int64,
    _ document: Document
  ) throws(DocumentError) {
    guard quantity != 0 else {
      throw document.fault(.badNumber, rule.quantity?.column ?? rule.price.column, "a movement of no units")
    }
    guard let location = try document.text(movement.location) else {
      throw document.fault(
        .missingValue, movement.location.columns.first ?? rule.price.column, "the location of the movement is missing")
    }
    let reason = try document.text(quantity < 0 ? movement.reasonBelowZero : movement.reasonAboveZero)
    movements.append(
      Movement(
        table: rule.table, tableRow: row, row: rule.table == 0 ? row : document.rows[0], sku: sku,
        location: location, quantity: quantity, reason: reason))
  }
}
