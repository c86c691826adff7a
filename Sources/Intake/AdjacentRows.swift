/// Documents of a CSV file whose rows follow one another, or stand alone.
final class AdjacentRows: MainRows {
  private let reader: CSVReader
  private let key: DocumentKey
  private let groups: Bool
  private var batch = RowBatch()
  private var row = 0
  private var current: [UInt8] = []
  private var candidate: [UInt8] = []

  /// - Parameter groups: Whether rows with equal keys that follow one another are one document.
  init(_ reader: CSVReader, key: DocumentKey, groups: Bool) {
    self.reader = reader
    self.key = key
    self.groups = groups
  }

  func next(_ document: Document) throws(IntakeError) -> Bool {
    var hasText = false
    while true {
      if row == batch.count {
        row = 0
        guard try reader.next(&batch) else { return document.batches[0].count > 0 }
      }
      if groups {
        let isNamed = key.read(batch, row, into: &candidate)
        if document.batches[0].count == 0 {
          swap(&current, &candidate)
          hasText = isNamed
        } else if !hasText || candidate != current {
          return true
        }
      } else if document.batches[0].count > 0 {
        return true
      }
      document.batches[0].append(row, of: batch)
      try document.checkSize(document.batches[0], of: 0)
      row += 1
    }
  }
}
