internal import ColumnStore
internal import OrderModel

extension Judge {
  /// The customer's row; a new one when the key is new. Grade and personal data are brought up to date.
  func customer(_ identity: CustomerIdentity, in session: borrowing Session) throws(JudgeFailure) -> (
    row: Int, isNew: Bool
  ) {
    try require(identity.key, "customer key")
    try check(identity.name, "name")
    try check(identity.phone, "phone")
    try check(identity.email, "e-mail")
    if let limit = identity.creditLimitMinorUnits { try checkAmount(limit, "credit limit") }
    let grade = try code(identity.grade, in: .grade, session)
    if let row = try existingCustomer(identity.key, in: session) {
      if grade != 0, try value(row, CustomerColumn.grade, session) != Int64(grade) {
        emit(.customerGrade(customer: row, grade: grade))
      }
      if let limit = identity.creditLimitMinorUnits, try value(row, CustomerColumn.creditLimit, session) != limit {
        emit(.creditLimit(customer: row, amount: limit))
      }
      try keepPersonalData(of: identity, row: row, in: session)
      return (row, false)
    }
    let row = heads.customers
    emit(.customer(key: identity.key, grade: grade))
    if let limit = identity.creditLimitMinorUnits, limit > 0 { emit(.creditLimit(customer: row, amount: limit)) }
    let data = PersonalData(of: identity)
    if !data.isEmpty { setAside(data, of: row) }
    return (row, true)
  }

  func existingCustomer(_ key: String, in session: borrowing Session) throws(JudgeFailure) -> Int? {
    for row in try rows(.customerKey, StoreHash.customerKey(key), session)
    where try text(at: try value(Int(row), CustomerColumn.key, session), session) == key { return Int(row) }
    return nil
  }

  private func keepPersonalData(
    of identity: CustomerIdentity, row: Int, in session: borrowing Session
  ) throws(JudgeFailure) {
    var data = PersonalData(of: identity)
    guard !data.isEmpty else { return }
    let key = PersonalData.key(customer: row)
    do throws(FileError) {
      if let record = try session.aside(key) {
        // Mostly nothing has changed, and then nothing needs to be read.
        if record == data.record(customer: row) { return }
        let known: PersonalData
        do throws(Damage) {
          known = try PersonalData(record: record, customer: row)
        } catch { throw FileError.damaged(error) }
        data.fillGaps(from: known)
        if data == known { return }
        for entry in known.entries(customer: row) { setAside(nil, for: entry) }
      }
    } catch { throw .file(error) }
    setAside(data, of: row)
  }

  private func setAside(_ data: PersonalData, of row: Int) {
    setAside(data.record(customer: row), for: PersonalData.key(customer: row))
    for entry in data.entries(customer: row) { setAside([], for: entry) }
  }

  func register(_ identity: CustomerIdentity, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    let (row, isNew) = try customer(identity, in: session)
    return Receipt(
      outcome: isNew ? .created : hasSomethingToWrite ? .updated : .unchanged,
      sequence: hasFacts ? session.nextSequence : UInt64(try value(row, CustomerColumn.sequence, session)), order: nil)
  }
}
