/// The stored values of the columns that instants of the same rows are told against, while several columns of one row
/// group are read.
struct StoredBases {
  private var known: [(column: Int, values: [Int64])] = []

  subscript(column: Int) -> [Int64]? {
    get { known.first { $0.column == column }?.values }
    set {
      known.removeAll { $0.column == column }
      if let newValue { known.append((column, newValue)) }
    }
  }
}
