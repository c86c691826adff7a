internal import Calendars
internal import OrderModel

/// Reads a ``Mapping`` from TOML text, key by key, and refuses keys it does not know.
struct MappingReader {
  let path: String
  private let lines: TOMLLines
  private let root: [String: TOMLTree]
  private(set) var tables: [Mapping.Table] = []
  private var format = Mapping.Format.csv
  private(set) var patterns: [InstantPattern] = []
  private(set) var money = DecimalText(scale: 2)

  /// Whether tables have names of their own.
  var namesFiles: Bool { root["files"] != nil }

  static func mapping(_ text: String, path: String) throws(MappingProblem) -> Mapping {
    var reader = try MappingReader(text, path: path)
    return try reader.mapping()
  }

  private init(_ text: String, path: String) throws(MappingProblem) {
    self.path = path
    lines = TOMLLines(text)
    root = try TOMLTree.table(of: text, path: path)
  }

  private mutating func mapping() throws(MappingProblem) -> Mapping {
    var top = section("", root)
    format = try top.word("format", Mapping.Format.self) ?? .csv
    let encoding = try top.encoding()
    let delimiter = try top.delimiter()
    let mode = try top.word("mode", Mapping.Mode.self) ?? .observe
    let zone = try top.string("tz")
    guard let zone else { throw top.problem("tz", "the zone of the file's times is missing: tz = \"Asia/Shanghai\"") }
    patterns = try top.patterns("time_format")
    money.scale = try top.scale()
    if let point = try top.character("decimal") { money.point = point }
    money.thousands = try top.character("thousands")
    if money.thousands == money.point { throw top.problem("thousands", "the same as the decimal point") }
    try readTables(&top)

    let order = try readOrder(&top)
    let customer = try readCustomer(&top)
    let lines = try readLines(&top)
    let payments = try readPayments(&top)
    let hasLinesInMain = lines.map { $0.table == 0 } ?? false
    let usual: Mapping.Grouping = !hasLinesInMain ? .none : format == .csv ? .file : .contiguous
    let grouping = try top.word("grouping", Mapping.Grouping.self) ?? usual
    if format == .jsonLines, grouping == .file {
      throw top.problem("grouping", "JSON Lines are grouped as contiguous or none")
    }
    let hasOptionalColumns = try top.flag("optional_columns") ?? false
    var mapping = Mapping(
      path: path, format: format, encoding: encoding, delimiter: delimiter, mode: mode, grouping: grouping,
      zone: zone, tables: tables, order: order, customer: customer, lines: lines, events: try readEvents(&top),
      status: try readStatus(&top), payments: payments, credits: try readCredits(&top, order),
      movements: try readMovements(&top, hasLines: lines != nil), skips: try readConditions(&top, "skip", order))
    mapping.hasOptionalColumns = hasOptionalColumns
    try top.finish()
    return mapping
  }

  func section(_ name: String, _ members: [String: TOMLTree]) -> MappingSection {
    MappingSection(path: path, name: name, members: members, lines: lines)
  }

  private func subsection(_ top: inout MappingSection, _ name: String) throws(MappingProblem) -> MappingSection? {
    guard let members = try top.table(name) else { return nil }
    return section(name, members)
  }

  // MARK: Files

  private mutating func readTables(_ top: inout MappingSection) throws(MappingProblem) {
    guard var files = try subsection(&top, "files") else {
      tables = [Mapping.Table(name: "main", fileName: nil, link: .main)]
      try readArrays()
      return
    }
    guard format == .csv else { throw files.problem("", "several files are CSV files only") }
    var sections: [(name: String, section: MappingSection)] = []
    for name in files.members.keys.sorted() {
      guard let members = try files.table(name) else { continue }
      sections.append((name, section("files." + name, members)))
    }
    // The main file is the one that hangs on no other.
    let mains = sections.filter { $0.section.members["key"] == nil }
    guard mains.count == 1, let main = mains.first else {
      throw files.problem(
        "",
        mains.isEmpty
          ? "no file without a key: one must be the main file"
          : "several files without a key: \(mains.map(\.name).joined(separator: ", ")); the main file has none")
    }
    let order = [main] + sections.filter { $0.name != main.name }
    tables = order.map { Mapping.Table(name: $0.name, fileName: nil, link: .main) }
    for (index, entry) in order.enumerated() {
      var file = entry.section
      tables[index].fileName = try file.string("name")
      if index > 0 {
        guard tables[index].fileName != nil else { throw file.problem("name", "missing") }
        guard let key = try file.string("key") else { throw file.problem("key", "missing") }
        guard let parentName = try file.string("of") else {
          throw file.problem("of", "missing: the column that holds the key")
        }
        let isMany = try file.flag("many") ?? false
        let isRequired = try file.flag("required") ?? false
        let parent = try column(parentName, file.place("of"))
        let own = ColumnReference(table: index, name: key, place: file.place("key"))
        if isMany, parent.table != 0 {
          throw file.problem("of", "many rows can only belong to a row of \(tables[0].name)")
        }
        if parent.table == index { throw file.problem("of", "a file cannot hang on itself") }
        tables[index].link =
          isMany ? .children(parent: parent, key: own) : .lookup(parent: parent, key: own, isRequired: isRequired)
      }
      try file.finish()
    }
    try checkCycles(files)
  }

  private func checkCycles(_ files: MappingSection) throws(MappingProblem) {
    for start in tables.indices {
      var table = start
      var steps = 0
      while case .lookup(let parent, _, _) = tables[table].link {
        table = parent.table
        steps += 1
        if steps > tables.count { throw files.problem(tables[start].name, "hangs on itself by way of other files") }
      }
    }
  }

  /// In JSON Lines the arrays named by `[lines]` and `[payments]` are tables of their own.
  private mutating func readArrays() throws(MappingProblem) {
    guard format == .jsonLines else { return }
    for name in ["lines", "payments"] {
      guard case .table(let members)? = root[name], case .string(let array)? = members["from"] else { continue }
      if !tables.contains(where: { $0.name == array }) {
        tables.append(Mapping.Table(name: array, fileName: nil, link: .array(path: array)))
      }
    }
  }

  // MARK: Sections

  private func readOrder(_ top: inout MappingSection) throws(MappingProblem) -> Mapping.Order {
    let channel = try topText(&top, "channel")
    let currency = try topText(&top, "currency")
    guard var order = try subsection(&top, "order") else { throw top.problem("order", "this table is missing") }
    let number = try requiredText(&order, "number")
    guard let placedAt = try instant(&order, "placed_at") else { throw order.problem("placed_at", "missing") }
    let result = Mapping.Order(
      number: number, channel: channel, currency: currency, placedAt: placedAt,
      shipBy: try instant(&order, "ship_by"), deliverBy: try instant(&order, "deliver_by"),
      type: try text(&order, "type"), priority: try text(&order, "priority"), region: try text(&order, "region"),
      city: try text(&order, "city"), carrier: try text(&order, "carrier"),
      sourceStatus: try text(&order, "source_status"), note: try text(&order, "note"),
      discount: try amount(&order, "discount"), shipping: try amount(&order, "shipping"), tax: try amount(&order, "tax")
    )
    try order.finish()
    return result
  }

  /// A constant as a string, or a rule as a table.
  private func topText(_ top: inout MappingSection, _ key: String) throws(MappingProblem) -> TextRule {
    if case .string(let constant)? = top.members[key] {
      _ = top.take(key)
      return TextRule(columns: [], constant: constant, normalisation: nil)
    }
    return try requiredText(&top, key)
  }

  private func readCustomer(_ top: inout MappingSection) throws(MappingProblem) -> Mapping.Customer? {
    guard var section = try subsection(&top, "customer") else { return nil }
    let customer = Mapping.Customer(
      key: try requiredText(&section, "key"), name: try text(&section, "name"), phone: try text(&section, "phone"),
      email: try text(&section, "email"), grade: try text(&section, "grade"))
    try section.finish()
    return customer
  }

  private func readLines(_ top: inout MappingSection) throws(MappingProblem) -> Mapping.Lines? {
    guard var section = try subsection(&top, "lines") else { return nil }
    let rowsAreUnits = try section.choice("rows", ["line", "unit"]) == "unit"
    let table = try table(&section)
    var quantity: QuantityRule?
    let place = section.place("qty")
    if let name = try section.string("qty") {
      var decimal = money
      decimal.scale = 0
      quantity = QuantityRule(column: try column(name, place), decimal: decimal)
    }
    if rowsAreUnits, quantity != nil { throw section.problem("qty", "rows = \"unit\" counts rows; leave it out") }
    if !rowsAreUnits, quantity == nil { throw section.problem("qty", "missing; or say rows = \"unit\"") }
    guard let price = try amount(&section, "price"), !price.isSum else { throw section.problem("price", "missing") }
    let lines = Mapping.Lines(
      table: table, rowsAreUnits: rowsAreUnits, sku: try requiredText(&section, "sku"), quantity: quantity,
      price: price, listPrice: try amount(&section, "list_price"), location: try text(&section, "location"),
      category: try text(&section, "category"), name: try text(&section, "name"))
    try section.finish()
    return lines
  }

  private func readEvents(_ top: inout MappingSection) throws(MappingProblem) -> [Mapping.Event] {
    guard var section = try subsection(&top, "events") else { return [] }
    var events: [Mapping.Event] = []
    for key in section.members.keys.sorted() {
      guard let node = Node(name: key) else {
        throw section.problem(key, "no such node; there are \(Node.allCases.map(\.name).joined(separator: ", "))")
      }
      guard node != .placed else { throw section.problem(key, "belongs in [order] placed_at") }
      if let at = try instant(&section, key) { events.append(Mapping.Event(node: node, at: at)) }
    }
    return events.sorted { $0.node < $1.node }
  }

  private func readStatus(_ top: inout MappingSection) throws(MappingProblem) -> Mapping.Status? {
    guard var section = try subsection(&top, "status") else { return nil }
    let word = try requiredText(&section, "from")
    let unknown = try section.choice("unknown", ["reject", "keep"]) ?? "reject"
    var meanings: [String: Mapping.Status.Meaning] = [:]
    for (word, value) in try section.table("map") ?? [:] {
      meanings[word] = try meaning(value, self.section("status.map", [word: value]), word)
    }
    let status = Mapping.Status(
      word: word, meanings: meanings, rejectsUnknown: unknown == "reject", reason: try text(&section, "reason"),
      side: try text(&section, "side"))
    try section.finish()
    return status
  }

  private func meaning(
    _ value: TOMLTree, _ section: MappingSection, _ word: String
  ) throws(MappingProblem) -> Mapping.Status.Meaning {
    func node(_ name: String) throws(MappingProblem) -> Node? {
      if name.isEmpty { return nil }
      guard let node = Node(name: name) else { throw section.problem(word, "no node '\(name)'") }
      return node
    }
    switch value {
    case .string(let name): return Mapping.Status.Meaning(node: try node(name), side: .unknown, reason: nil)
    case .table(let members):
      var entry = self.section("status.map." + word, members)
      let name = try entry.string("node") ?? ""
      let sideName = try entry.string("side") ?? "unknown"
      guard let side = Side(name: sideName) else {
        throw entry.problem("side", "is customer, seller, system or unknown, not '\(sideName)'")
      }
      let reason = try entry.string("reason")
      try entry.finish()
      return Mapping.Status.Meaning(node: try node(name), side: side, reason: reason)
    default: throw section.problem(word, "needs a node's name or a table, not \(value.kind)")
    }
  }

  private func readPayments(_ top: inout MappingSection) throws(MappingProblem) -> Mapping.Payments? {
    guard var section = try subsection(&top, "payments") else { return nil }
    let table = try table(&section)
    guard let amount = try amount(&section, "amount") else { throw section.problem("amount", "missing") }
    let payments = Mapping.Payments(
      table: table, method: try requiredText(&section, "method"), amount: amount, at: try instant(&section, "at"))
    try section.finish()
    return payments
  }

  private func readCredits(
    _ top: inout MappingSection, _ order: Mapping.Order
  ) throws(MappingProblem) -> Mapping.Credits? {
    guard var section = try subsection(&top, "credits") else { return nil }
    let isNegative = try section.choice("quantity", ["negative", "positive"]) != "positive"
    let reason = try text(&section, "reason")
    let condition = try condition(&section, order)
    try section.finish()
    return Mapping.Credits(when: [condition], quantitiesAreNegative: isNegative, reason: reason)
  }

  private func readMovements(
    _ top: inout MappingSection, hasLines: Bool
  ) throws(MappingProblem) -> Mapping.Movements? {
    guard var section = try subsection(&top, "movements") else { return nil }
    guard hasLines else { throw section.problem("", "movements are lines of price zero; there is no [lines]") }
    let movements = Mapping.Movements(
      location: try requiredText(&section, "location"), reasonBelowZero: try text(&section, "reason_below_zero"),
      reasonAboveZero: try text(&section, "reason_above_zero"))
    try section.finish()
    return movements
  }

  private func readConditions(
    _ top: inout MappingSection, _ key: String, _ order: Mapping.Order
  ) throws(MappingProblem) -> [Condition] {
    guard let value = top.take(key) else { return [] }
    var entries: [[String: TOMLTree]] = []
    switch value {
    case .table(let members): entries = [members]
    case .array(let values):
      for value in values {
        guard case .table(let members) = value else { throw top.problem(key, "needs tables, not \(value.kind)") }
        entries.append(members)
      }
    default: throw top.problem(key, "needs a table, not \(value.kind)")
    }
    var conditions: [Condition] = []
    for members in entries {
      var section = section(key, members)
      conditions.append(try condition(&section, order))
      try section.finish()
    }
    return conditions
  }
}
