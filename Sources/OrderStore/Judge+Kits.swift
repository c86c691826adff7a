internal import ColumnStore
internal import OrderModel

/// Kits: sold under their own SKU, taken from the stock of their components.
extension Judge {
  /// A component of a kit: its SKU and how many units of it are in one.
  struct Component {
    var sku: UInt32
    var quantity: Int64
  }

  /// What a SKU consists of, in the order of registration; empty for what is no kit.
  func components(of sku: UInt32, in session: borrowing Session) throws(JudgeFailure) -> [Component] {
    // A word of the present command is no kit yet.
    guard Int(sku) <= session.wordCount(list: Int(Vocabulary.sku.rawValue)) else { return [] }
    var row = Int(try value(Int(sku) - 1, SKUColumn.lastComponent, session)) - 1
    var components: [Component] = []
    while row >= 0 {
      components.append(
        Component(
          sku: UInt32(try value(row, ComponentColumn.sku, session)),
          quantity: try value(row, ComponentColumn.quantity, session)))
      row = Int(try value(row, ComponentColumn.previous, session)) - 1
    }
    return components.reversed()
  }

  // MARK: Registering

  /// - Returns: Whether components have to be told: they never change once they are.
  func checkKit(
    _ sku: NewSKU, _ code: UInt32, isKnown: Bool, _ fact: inout SKUFact, in session: borrowing Session
  ) throws(JudgeFailure) -> Bool {
    let known = isKnown ? try components(of: code, in: session) : []
    if sku.components.isEmpty { return false }
    var wanted: [Component] = []
    for component in sku.components {
      try checkQuantity(component.quantity, of: component.sku)
      guard let part = try existingCode(component.sku, in: .sku, session) else {
        throw .refused(.unknownSKU(component.sku))
      }
      guard part != code, try components(of: part, in: session).isEmpty else {
        throw .refused(.impossibleKit(sku: sku.sku, .nested(component.sku)))
      }
      guard try storedSKU(part, in: session)?.tracked == true else { throw .refused(.untrackedSKU(component.sku)) }
      if wanted.contains(where: { $0.sku == part }) {
        throw .refused(.impossibleKit(sku: sku.sku, .repeated(component.sku)))
      }
      wanted.append(Component(sku: part, quantity: component.quantity))
    }
    fact.tracked = true
    if !known.isEmpty {
      guard known.elementsEqual(wanted, by: { ($0.sku, $0.quantity) == ($1.sku, $1.quantity) }) else {
        throw .refused(.impossibleKit(sku: sku.sku, .fixed))
      }
      return false
    }
    if isKnown {
      guard try value(Int(code) - 1, SKUColumn.lastUse, session) == 0 else {
        throw .refused(.impossibleKit(sku: sku.sku, .nested(sku.sku)))
      }
      guard try value(Int(code) - 1, SKUColumn.tracked, session) == 0 else {
        throw .refused(.impossibleKit(sku: sku.sku, .counted))
      }
    }
    return true
  }

  func emitComponents(of sku: NewSKU, _ code: UInt32, in session: borrowing Session) throws(JudgeFailure) {
    var previous: Int?
    for component in sku.components {
      guard let part = try existingCode(component.sku, in: .sku, session) else { continue }
      let use = Int(try value(Int(part) - 1, SKUColumn.lastUse, session)) - 1
      let row = heads.components
      emit(
        .component(
          kit: code, sku: part, quantity: component.quantity, previous: previous, previousUse: use < 0 ? nil : use))
      previous = row
    }
  }

  /// Stock is received, counted and kept back by component.
  func requireNoKit(_ code: UInt32, _ sku: String, in session: borrowing Session) throws(JudgeFailure) {
    guard try value(Int(code) - 1, SKUColumn.lastComponent, session) == 0 else {
      throw .refused(.kitHasNoStock(sku: sku))
    }
  }

  // MARK: What is there

  /// Units that may be promised: reserved now, sold in advance, and both together within the caps of a channel.
  struct Room {
    var available: Int64
    var presale: Int64
    var most: Int64
  }

  /// What a cell has left to promise to an order; of a kit's, whole kits.
  func room(ofCell row: Int, for order: Int, in session: borrowing Session) throws(JudgeFailure) -> Room {
    let cell = try cell(at: row, in: session)
    let components = try components(of: cell.sku, in: session)
    guard components.isEmpty else { return try room(ofKit: components, at: cell.location, for: order, in: session) }
    return Room(
      available: cell.counters.available, presale: cell.counters.presaleQuota - cell.counters.presaleSold,
      most: try capLeft(of: cell.sku, at: cell.location, for: order, in: session))
  }

  /// Whole kits that a location has the components of.
  func room(
    ofKit components: [Component], at location: UInt32, for order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Room {
    var room = Room(available: .max, presale: .max, most: .max)
    for component in components {
      // A location that never heard of a component has none.
      guard let row = try existingCell(sku: component.sku, location: location, in: session) else {
        return Room(available: 0, presale: 0, most: 0)
      }
      let counters = try cell(at: row, in: session).counters
      room.available = min(room.available, counters.available / component.quantity)
      room.presale = min(room.presale, (counters.presaleQuota - counters.presaleSold) / component.quantity)
      let left = try capLeft(of: component.sku, at: location, for: order, in: session)
      room.most = min(room.most, left / component.quantity)
    }
    return room
  }

  // MARK: Who lives on a cell's units

  /// The allotments that units of a cell are promised to: its own, and those of the kits that its SKU is a part of.
  struct Promises {
    /// The newest allotment left of a cell, and how many units of the component one unit of it is.
    struct End {
      var allotment: Int
      var cell: Int
      var unitsEach: Int64
    }

    fileprivate(set) var ends: [End] = []
  }

  func promises(onCell row: Int, in session: borrowing Session) throws(JudgeFailure) -> Promises {
    var promises = Promises()
    let cell = try cell(at: row, in: session)
    if let newest = cell.lastAllotment {
      promises.ends.append(Promises.End(allotment: newest, cell: row, unitsEach: 1))
    }
    guard Int(cell.sku) <= session.wordCount(list: Int(Vocabulary.sku.rawValue)) else { return promises }
    var use = Int(try value(Int(cell.sku) - 1, SKUColumn.lastUse, session)) - 1
    while use >= 0 {
      let kit = UInt32(try value(use, ComponentColumn.kit, session))
      if let kitCell = try existingCell(sku: kit, location: cell.location, in: session),
        let newest = try self.cell(at: kitCell, in: session).lastAllotment
      {
        promises.ends.append(
          Promises.End(
            allotment: newest, cell: kitCell, unitsEach: try value(use, ComponentColumn.quantity, session)))
      }
      use = Int(try value(use, ComponentColumn.previousUse, session)) - 1
    }
    return promises
  }

  /// The newest allotment that is left; nil when none is.
  func next(_ promises: inout Promises, in session: borrowing Session) throws(JudgeFailure) -> Promises.End? {
    guard let index = promises.ends.indices.max(by: { promises.ends[$0].allotment < promises.ends[$1].allotment })
    else { return nil }
    let end = promises.ends[index]
    let previous = try previous(end.allotment, AllotmentColumn.previousOfCell, in: session)
    if previous < 0 { promises.ends.remove(at: index) } else { promises.ends[index].allotment = previous }
    return end
  }
}
