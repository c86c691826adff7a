/// How an import runs.
package struct ImportOptions: Sendable {
  /// How many rejected rows stop an import.
  package enum ErrorLimit: Sendable, Hashable, CustomStringConvertible {
    case none
    case count(Int)
    /// Percent of the rows read, judged from 1,000 rows on.
    case percent(Int)

    /// Reads `12` or `5%`.
    package init?(_ text: String) {
      let isPercent = text.hasSuffix("%")
      guard let value = Int(isPercent ? text.dropLast() : text[...]), value >= 0, !isPercent || value <= 100 else {
        return nil
      }
      self = isPercent ? .percent(value) : .count(value)
    }

    package var description: String {
      switch self {
      case .none: "none"
      case .count(let count): "\(count)"
      case .percent(let percent): "\(percent)%"
      }
    }

    func isExceeded(rejected: Int, rows: Int) -> Bool {
      switch self {
      case .none: false
      case .count(let limit): rejected > limit
      case .percent(let limit): rows >= 1000 && rejected * 100 > rows * limit
      }
    }
  }

  package var errorLimit = ErrorLimit.percent(1)
  /// Whether rejects files are written.
  package var writesRejects = true
  /// Where rejects files go; nil means beside the file they come from.
  package var rejectsDirectory: String?
  /// Where rows are put aside.
  package var temporaryDirectory = "/tmp"
  /// How many documents are handed over at a time.
  package var documentsPerBatch = 1000
  /// Whether files are read ahead on a thread of their own.
  package var readsAhead = true

  package init() {}
}

/// How far an import is.
package struct ImportProgress: Sendable, Hashable {
  /// Rows of main files done.
  package var rows: Int
  /// Bytes of all files read, as they lie on disk, and of how many; nil for a pipe.
  package var bytesRead: Int
  package var bytesTotal: Int?
  package var rejectedRows: Int

  package init(rows: Int, bytesRead: Int, bytesTotal: Int?, rejectedRows: Int) {
    self.rows = rows
    self.bytesRead = bytesRead
    self.bytesTotal = bytesTotal
    self.rejectedRows = rejectedRows
  }
}

/// Where in the files a command comes from.
package struct SourcePosition: Sendable, Hashable {
  package var path: String
  /// The line of its first row, counted from 1.
  package var line: Int
  /// The byte of the text at which that row starts, counted from 0.
  package var offset: Int

  package init(path: String, line: Int, offset: Int) {
    self.path = path
    self.line = line
    self.offset = offset
  }
}
