/// What an import did. Every source row is in exactly one class.
package struct ImportReport: Sendable, Hashable {
  /// The classes of the rows of a file, or the outcomes of commands of a kind.
  package struct Tally: Sendable, Hashable {
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var rejected = 0
    package var skipped = 0

    package init() {}

    package var total: Int { created + updated + unchanged + rejected + skipped }
  }

  /// One file of the import.
  package struct File: Sendable, Hashable {
    package var path: String
    /// Rows read, header not counted.
    package var rows = 0
    /// The rows by class; of a file that is only looked up, empty.
    package var tally = Tally()
    /// Rows of a file that is only looked up which no document named.
    package var unused = 0
    /// Where its rejects are; nil when there are none or they were not to be written.
    package var rejectsPath: String?

    package init(path: String) { self.path = path }
  }

  package enum Ending: Sendable, Hashable {
    case completed
    /// More rejects than allowed; what was done until then stands.
    case tooManyRejects
    /// The caller asked to stop; what was done until then stands.
    case cancelled
  }

  package var files: [File] = []
  package var orders = Tally()
  package var credits = Tally()
  package var movements = Tally()
  /// Lines of orders and credit notes that were accepted.
  package var lines = 0
  /// Rejected rows by the code of their problem.
  package var problems: [String: Int] = [:]
  package var ending = Ending.completed

  package init() {}

  /// The rows that were rejected, of all files.
  package var rejectedRows: Int { files.reduce(0) { $0 + $1.tally.rejected } }
}
